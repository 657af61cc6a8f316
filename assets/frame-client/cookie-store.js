// @ts-check
/**
 * `cookieStore` of the app's pages (https://cookiestore.spec.whatwg.org/), where the browser has one: over
 * the app's cookies, not those of the documentation site.
 */

{
  const { cookies, mount, inEachWindow } = globalThis.asgiDocsFrame;

  /** @typedef {import("../types.d.ts").Cookie} Cookie */
  /** @typedef {{ name: string, value: string, expires?: number | null, domain?: string | null, path?: string, sameSite?: string }} CookieInit */

  /** @param {Cookie} cookie as the specification has it */
  const item = ({ name, value, domain, path, expires, secure, sameSite }) => ({
    name,
    value,
    domain,
    path: mount + path,
    expires,
    secure,
    sameSite: sameSite ?? "lax",
    partitioned: false,
  });

  /** @param {string | { name?: string } | undefined} query */
  const nameOf = (query) => (typeof query === "object" ? query.name : query);

  class CookieStore extends EventTarget {
    /** @type {((event: Event) => void) | null} */ onchange = null;

    constructor() {
      super();
      this.addEventListener("change", (event) => this.onchange?.(event));
    }

    /** @param {string | { name?: string }} query */
    async get(query) {
      if (nameOf(query) === undefined) throw new TypeError("A name or an option is required.");
      return (await this.getAll(query))[0] ?? null;
    }

    /** @param {string | { name?: string }} [query] */
    async getAll(query) {
      const name = nameOf(query);
      return cookies
        .list()
        .filter((cookie) => name === undefined || cookie.name === String(name))
        .map(item);
    }

    /**
     * @param {string | CookieInit} cookie
     * @param {string} [text]
     */
    async set(cookie, text) {
      /** @type {CookieInit} */
      const given = typeof cookie === "object" ? cookie : { name: cookie, value: text ?? "" };
      const { name, value, expires = null, domain = null, path = "/", sameSite = "strict" } = given;
      if (`${name}${value}`.includes(";") || String(name).includes("="))
        throw new TypeError("The name or the value of the cookie has a character that it must not have.");
      const attributes = [`Path=${path}`, `SameSite=${sameSite}`, "Secure"];
      if (domain !== null) attributes.push(`Domain=${domain}`);
      if (expires !== null) attributes.push(`Expires=${new Date(expires).toUTCString()}`);
      cookies.write([`${name}=${value}`, ...attributes].join("; "));
    }

    /** @param {string | { name: string, domain?: string | null, path?: string }} cookie */
    async delete(cookie) {
      const given = typeof cookie === "object" ? cookie : { name: cookie };
      await this.set({ ...given, value: "", expires: 0 });
    }
  }

  if ("cookieStore" in globalThis) {
    const store = new CookieStore();
    /** @param {Cookie[]} list */
    const byKey = (list) => new Map(list.map((cookie) => [`${cookie.name}\n${cookie.path}`, cookie]));
    let before = byKey(cookies.list());
    cookies.changes.addEventListener("change", () => {
      const now = byKey(cookies.list());
      const changed = [...now].filter(([key, { value }]) => before.get(key)?.value !== value);
      const deleted = [...before].filter(([key]) => !now.has(key));
      before = now;
      if (changed.length + deleted.length === 0) return;
      const event = Object.assign(new Event("change"), {
        changed: changed.map(([, cookie]) => item(cookie)),
        deleted: deleted.map(([, cookie]) => ({ ...item(cookie), value: undefined })),
      });
      // A task of its own, as in browsers.
      setTimeout(() => store.dispatchEvent(event));
    });
    inEachWindow((target) => {
      Object.defineProperty(target, "CookieStore", {
        value: CookieStore,
        configurable: true,
        writable: true,
      });
      Object.defineProperty(target, "cookieStore", {
        get: () => store,
        configurable: true,
        enumerable: true,
      });
    });
  }
}
