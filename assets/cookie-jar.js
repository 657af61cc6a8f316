// @ts-check
/**
 * The cookies of one app. A service worker is never shown `Cookie` and cannot set `Set-Cookie`, and
 * the documentation site's own cookies are none of an app's business.
 *
 * Rules: RFC 6265bis, sections 5.1 to 5.8, for one host
 * (https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis). All text is bytes, one per
 * character, as HTTP has it.
 *
 * The Python worker loads this file as a module and an app's page as a part of a classic script, so it
 * neither imports nor exports: it makes `globalThis.asgiDocsCookieJar`.
 *
 * @import { Cookie, CookieUser } from "./types.d.ts"
 */

{
  /** What browsers keep for one domain. */
  const MAX_COOKIES = 180;
  const MAX_PAIR = 4096;
  const MAX_ATTRIBUTE = 1024;
  const MAX_LIFETIME = 400 * 86_400_000;

  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
  /** What a date's words may be, in the order in which it is tried. @type {[name: string, pattern: RegExp][]} */
  const DATE_FIELDS = [
    ["time", /^\d{1,2}:\d{1,2}:\d{1,2}(?!\d)/],
    ["day", /^\d{1,2}(?!\d)/],
    ["month", new RegExp(`^(?:${MONTHS.join("|")})`, "i")],
    ["year", /^\d{2,4}(?!\d)/],
  ];

  class CookieJar {
    /** @type {string} */ #host;
    /** @type {boolean} */ #secure;
    /** Paths percent-encoded, and decoded as an ASGI app knows them. @type {string[]} */ #mounts;
    /** In the order of their creation. @type {Cookie[]} */ #cookies;

    /**
     * @param {URL} mount of the app
     * @param {Cookie[]} [cookies] what an earlier jar held
     */
    constructor(mount, cookies = []) {
      this.#host = mount.hostname;
      this.#secure = mount.protocol === "https:" || isLoopback(mount.hostname);
      const path = mount.pathname.replace(/\/$/, "");
      // An app may know only its first client's, which has no number.
      this.#mounts = [path, path.replace(/\.\d+$/, "")].flatMap((mount) => [mount, decoded(mount)]);
      this.#cookies = [...cookies];
    }

    /** What is to be kept for the app's next start. */
    get cookies() {
      const now = Date.now();
      this.#cookies = this.#cookies.filter(({ expires }) => expires === null || expires > now);
      return this.#cookies;
    }

    /**
     * The cookies for a path below the mount, in the order in which they are sent.
     * @param {string} path
     * @param {CookieUser} [reader]
     */
    list(path, { byScript = false } = {}) {
      return this.cookies
        .filter((cookie) => !(byScript && cookie.httpOnly) && pathMatches(path, cookie.path))
        .sort((a, b) => b.path.length - a.path.length);
    }

    /**
     * The value of the `Cookie` header, or of `document.cookie`; empty when there is nothing to send.
     * @param {string} path below the mount
     * @param {CookieUser} [reader]
     */
    header(path, reader) {
      const pairs = this.list(path, reader).map(({ name, value }) => (name ? `${name}=${value}` : value));
      return pairs.join("; ");
    }

    /**
     * Takes a `Set-Cookie` header; returns the cookie, or null when it is refused.
     * @param {string} header
     * @param {string} path of the request, below the mount
     * @param {CookieUser} [writer]
     */
    store(header, path, { byScript = false } = {}) {
      const cookie = this.#accept(header, path);
      if (!cookie || (byScript && cookie.httpOnly)) return null;
      const index = this.cookies.findIndex(
        ({ name, domain, path }) => name === cookie.name && domain === cookie.domain && path === cookie.path,
      );
      if (byScript && this.#cookies[index]?.httpOnly) return null;
      const gone = cookie.expires !== null && cookie.expires <= Date.now();
      if (index >= 0) this.#cookies.splice(index, 1, ...(gone ? [] : [cookie]));
      else if (!gone) this.#cookies.push(cookie);
      if (this.#cookies.length > MAX_COOKIES) this.#cookies.shift();
      return cookie;
    }

    clear() {
      this.#cookies = [];
    }

    /** @param {Pick<Cookie, "name" | "domain" | "path">} cookie */
    remove({ name, domain, path }) {
      this.#cookies = this.#cookies.filter(
        (each) => !(each.name === name && each.domain === domain && each.path === path),
      );
    }

    /**
     * @param {string} header
     * @param {string} requestPath
     * @returns {Cookie | null}
     */
    #accept(header, requestPath) {
      const parsed = parse(header);
      if (!parsed) return null;
      const { name, value, attributes } = parsed;
      const domain = this.#domainOf(attributes.get("domain") ?? "");
      if (domain === undefined) return null;
      const pathAttribute = attributes.get("path") ?? "";
      const path = pathAttribute.startsWith("/") ? this.#belowMount(pathAttribute) : defaultPath(requestPath);
      const secure = attributes.has("secure");
      if (secure && !this.#secure) return null;
      const sameSite = sameSiteOf(attributes.get("samesite"));
      // Every request of an app's pages is same-site, so that nothing else depends on it.
      if (sameSite === "none" && !secure) return null;
      const prefixed = (name || value).toLowerCase();
      if (!name && /^__(?:secure|host)-/.test(prefixed)) return null;
      if (prefixed.startsWith("__secure-") && !secure) return null;
      const hostWide = secure && domain === null && pathAttribute !== "" && path === "/";
      if (prefixed.startsWith("__host-") && !hostWide) return null;
      const httpOnly = attributes.has("httponly");
      return { name, value, domain, path, expires: expiryOf(attributes), secure, httpOnly, sameSite };
    }

    /**
     * Null for the host alone; undefined for a domain that the host is not in.
     * @param {string} attribute
     */
    #domainOf(attribute) {
      const domain = attribute.replace(/^\./, "").toLowerCase();
      if (!domain) return null;
      const host = this.#host;
      // A name without a dot (localhost, com) stands for the public suffixes, which no page has a list of.
      const alone = !domain.includes(".") || isAddress(host);
      if (domain === host) return alone ? null : domain;
      return !alone && host.endsWith(`.${domain}`) ? domain : undefined;
    }

    /**
     * An app that knows its mount may write `<mount>/admin` for its `/admin`.
     * @param {string} path
     */
    #belowMount(path) {
      const mount = this.#mounts.find((mount) => path === mount || path.startsWith(`${mount}/`)) ?? "";
      return path.slice(mount.length) || "/";
    }
  }

  /**
   * Section 5.6. The last attribute of a name wins.
   * @param {string} header
   * @returns {{ name: string, value: string, attributes: Map<string, string> } | null}
   */
  function parse(header) {
    if ([...header].some(isControl)) return null;
    const [pair, ...parts] = header.split(";");
    const [name, value] = pair.includes("=") ? splitAtEquals(pair) : ["", trimmed(pair)];
    if (!(name || value) || name.length + value.length > MAX_PAIR) return null;
    /** @type {Map<string, string>} */
    const attributes = new Map();
    for (const part of parts) {
      const [key, text] = splitAtEquals(part);
      if (text.length <= MAX_ATTRIBUTE) attributes.set(key.toLowerCase(), text);
    }
    return { name, value, attributes };
  }

  /** @param {string} text */
  function splitAtEquals(text) {
    const equals = text.indexOf("=");
    return equals < 0
      ? [trimmed(text), ""]
      : [trimmed(text.slice(0, equals)), trimmed(text.slice(equals + 1))];
  }

  /**
   * Not `trim()`: A0 is white space there, and the last byte of an "à" here.
   * @param {string} text
   */
  function trimmed(text) {
    return text.replace(/^[ \t]+|[ \t]+$/g, "");
  }

  /** @param {string} character */
  function isControl(character) {
    const code = character.charCodeAt(0);
    return (code < 0x20 && code !== 0x09) || code === 0x7f;
  }

  /** @param {Map<string, string>} attributes */
  function expiryOf(attributes) {
    const now = Date.now();
    const maxAge = attributes.get("max-age") ?? "";
    const expires = /^-?\d+$/.test(maxAge)
      ? Number(maxAge) > 0
        ? now + Number(maxAge) * 1000
        : 0
      : dateOf(attributes.get("expires") ?? "");
    return expires === null ? null : Math.min(expires, now + MAX_LIFETIME);
  }

  /**
   * Section 5.1.1, which browsers follow instead of any date format.
   * @param {string} text
   * @returns {number | null}
   */
  function dateOf(text) {
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const token of text.split(/[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+/)) {
      const field = DATE_FIELDS.find(([name, pattern]) => !found.has(name) && pattern.test(token));
      if (field) found.set(field[0], field[1].exec(token)?.[0] ?? "");
    }
    if (found.size < DATE_FIELDS.length) return null;
    const [hour, minute, second] = (found.get("time") ?? "").split(":").map(Number);
    const day = Number(found.get("day"));
    const month = MONTHS.indexOf((found.get("month") ?? "").toLowerCase());
    let year = Number(found.get("year"));
    if (year < 100) year += year < 70 ? 2000 : 1900;
    if (year < 1601 || hour > 23 || minute > 59 || second > 59) return null;
    const date = new Date(Date.UTC(year, month, day, hour, minute, second));
    return date.getUTCDate() === day ? date.getTime() : null; // there is no 30th of February
  }

  /**
   * @param {string | undefined} attribute
   * @returns {Cookie["sameSite"]}
   */
  function sameSiteOf(attribute) {
    const value = attribute?.toLowerCase();
    return value === "strict" || value === "lax" || value === "none" ? value : null;
  }

  /**
   * The bytes that a URL's path stands for.
   * @param {string} path
   */
  function decoded(path) {
    return path.replace(/%([\da-f]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  }

  /** @param {string} requestPath */
  function defaultPath(requestPath) {
    return requestPath.slice(0, requestPath.lastIndexOf("/")) || "/";
  }

  /**
   * @param {string} requestPath
   * @param {string} cookiePath
   */
  function pathMatches(requestPath, cookiePath) {
    if (!requestPath.startsWith(cookiePath)) return false;
    const rest = requestPath.slice(cookiePath.length);
    return rest === "" || rest.startsWith("/") || cookiePath.endsWith("/");
  }

  /** @param {string} host */
  function isAddress(host) {
    return host.startsWith("[") || /^[\d.]+$/.test(host);
  }

  /** @param {string} host */
  function isLoopback(host) {
    return /^(?:(?:.*\.)?localhost|127\.[\d.]+|\[::1\])$/.test(host);
  }

  // Not enumerable: an app's own scripts have no reason to meet it.
  Object.defineProperty(globalThis, "asgiDocsCookieJar", { value: CookieJar });
}
