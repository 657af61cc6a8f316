// @ts-check
/**
 * `document.cookie` of the app's pages: the app's cookies, not those of the documentation site. A copy of
 * what scripts may see comes with the page; app-cookies.js says how it is kept fresh.
 *
 * @import { CookieView, CookieWrites, FrameCookies } from "../types.d.ts"
 */

{
  const HEADER = "x-asgi-docs-cookies";
  const { asgiDocsFrame } = globalThis;
  const { mount } = asgiDocsFrame;
  const mountURL = new URL(origin + mount); // `location.origin` is null in a srcdoc frame
  const page = [...crypto.getRandomValues(new Uint32Array(2))].map((part) => part.toString(36)).join("");
  const changes = new EventTarget();

  /** @type {CookieView} */ let view = { version: 0, cookies: [], applied: {} };
  let jar = new globalThis.asgiDocsCookieJar(mountURL);
  /** Writes that the view does not hold yet: the last one of each cookie. */
  /** @type {Map<string, [number: number, path: string, cookie: string]>} */
  const pending = new Map();
  let count = 0;

  /** The page's path below the mount. */
  const pagePath = () =>
    location.pathname.startsWith(`${mountURL.pathname}/`)
      ? location.pathname.slice(mountURL.pathname.length)
      : "/";

  /** @param {CookieView} next */
  const take = (next) => {
    if (next.version <= view.version) return;
    view = next;
    jar = new globalThis.asgiDocsCookieJar(mountURL, view.cookies);
    for (const [key, [number, path, cookie]] of pending) {
      if (number <= (view.applied[page] ?? 0)) pending.delete(key);
      else jar.store(cookie, path, { byScript: true });
    }
    changes.dispatchEvent(new Event("change"));
  };

  /** @param {string | null | undefined} text a header's value */
  const takeText = (text) => {
    if (text) take(JSON.parse(decodeURIComponent(text)));
  };

  const { frameElement } = window; // outermost.js hides it
  /**
   * By the documentation page, if the app is in its preview: that way keeps before a navigation, which the
   * channel's messages do not in Chromium. Returns whether it is taken.
   * @param {CookieWrites} writes
   */
  const pass = (writes) => {
    const { asgiDocsFrame: outermost } = /** @type {Window & typeof globalThis} */ (asgiDocsFrame.top());
    if (outermost && outermost !== asgiDocsFrame) return outermost.cookies.pass(writes);
    const event = new CustomEvent("asgi-docs.cookies", { detail: writes, bubbles: true, cancelable: true });
    return frameElement?.dispatchEvent(event) === false;
  };

  /** @param {string} text */
  const write = (text) => {
    const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
    const path = pagePath();
    const cookie = jar.store(bytes, path, { byScript: true });
    if (!cookie) return;
    const key = JSON.stringify([cookie.name, cookie.domain, cookie.path]);
    pending.delete(key); // so that it comes after what has been written since
    pending.set(key, [++count, path, bytes]);
    /** @type {CookieWrites} */
    const writes = { page, writes: [[count, path, bytes]] };
    if (!pass(writes)) channel?.postMessage({ type: "writes", ...writes });
    changes.dispatchEvent(new Event("change"));
  };

  /** Bytes, one per character, as the text they encode. @param {string} bytes */
  const textOf = (bytes) =>
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(
      Uint8Array.from(bytes, (character) => character.charCodeAt(0)),
    );

  /** @type {BroadcastChannel | null} */ let channel = null;
  const openChannel = () => {
    channel = new BroadcastChannel(`asgi-docs.cookies ${mountURL.pathname}`);
    channel.onmessage = ({ data }) => {
      if (data.type === "view") take(data);
    };
  };
  openChannel();
  // A page in the back/forward cache hears nothing, and with an open channel it would not be kept there.
  addEventListener("pagehide", () => {
    channel?.close();
    channel = null;
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    openChannel();
    channel?.postMessage({ type: "ask" });
  });

  /** @type {FrameCookies} */
  const own = {
    header: HEADER,
    changes,
    read: () => textOf(jar.header(pagePath(), { byScript: true })),
    write,
    list: () =>
      jar.list(pagePath(), { byScript: true }).map((cookie) => ({
        ...cookie,
        name: textOf(cookie.name),
        value: textOf(cookie.value),
      })),
    pending: () =>
      pending.size > 0 ? encodeURIComponent(JSON.stringify({ page, writes: [...pending.values()] })) : null,
    take: takeText,
    pass,
  };
  const framing = /** @type {typeof window} */ (window.parent);
  // A frame without a URL of its own (srcdoc) has the cookies of the page that it is in.
  const around = location.protocol === "about:" ? framing.asgiDocsFrame?.cookies : undefined;
  const cookies = around ?? own;
  asgiDocsFrame.cookies = cookies;

  const patched = new WeakSet();
  asgiDocsFrame.inEachWindow(({ Document }) => {
    if (patched.has(Document)) return;
    patched.add(Document);
    const ofBrowser = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
    Object.defineProperty(Document.prototype, "cookie", {
      ...ofBrowser,
      /** @this {Document} */
      get() {
        // Of a document that no window shows, the browser has none.
        return this.defaultView ? cookies.read() : ofBrowser?.get?.call(this);
      },
      /**
       * @this {Document}
       * @param {unknown} text
       */
      set(text) {
        if (this.defaultView) cookies.write(String(text));
        else ofBrowser?.set?.call(this, text);
      },
    });
  });

  takeText(/** @type {HTMLScriptElement} */ (document.currentScript).dataset.cookies);
}
