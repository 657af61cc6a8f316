// @ts-check
/**
 * The cookies of the running app: what its requests carry, what its responses and its pages' scripts
 * change. The pages (frame-client/cookies.js) keep a copy of what scripts may see, because
 * `document.cookie` cannot wait. A broadcast channel keeps it fresh; messages and responses have no
 * common order, though, so that requests also bring what their page has written, and responses the
 * newest view.
 *
 * @import { Cookie, CookieMessage, CookieView, CookieWrites, HeaderPair } from "./types.d.ts"
 */

import "./cookie-jar.js";

/** Headers between our own scripts; apps never see one. */
const PRIVATE = "x-asgi-docs-";
const CREDENTIALS = `${PRIVATE}credentials`;
/** Of a request: writes, or nothing; its response is to bring the view. */
const COOKIES = `${PRIVATE}cookies`;
/** Pages whose writes are told to be applied: older ones are gone. */
const MAX_PAGES = 50;

/**
 * @typedef {object} Exchange
 * @property {HeaderPair[]} headers of the request as the app gets them
 * @property {(headers: HeaderPair[]) => HeaderPair[]} answer takes the cookies of the response's headers, and gives the
 *   headers to answer with
 */

export class AppCookies {
  /** @type {CookieJar} */ #jar;
  /** @type {(cookies: Cookie[]) => void} */ #onChange;
  /** @type {BroadcastChannel | null} */ #channel;
  /** @type {Map<string, number>} */ #applied = new Map();
  /** @type {CookieView} */ #view = { version: 0, cookies: [], applied: {} };

  /**
   * @param {URL} mount
   * @param {Cookie[]} cookies what the app's earlier start left
   * @param {(cookies: Cookie[]) => void} onChange
   */
  constructor(mount, cookies, onChange) {
    this.#jar = new globalThis.asgiDocsCookieJar(mount, cookies);
    this.#onChange = onChange;
    this.#channel = channelOf(mount, (message) => this.#receive(message));
    this.#refreshView();
  }

  /** Ends the channel to the app's pages. */
  close() {
    this.#channel?.close();
  }

  /**
   * A request begins, or a WebSocket's handshake.
   * @param {HeaderPair[]} headers
   * @param {string} path below the mount, with or without its query
   * @returns {Exchange}
   */
  exchange(headers, path) {
    const [pathname] = path.split("?", 1);
    const marks = new Map(headers.filter(([name]) => name.startsWith(PRIVATE)));
    const sent = headers.filter(([name]) => !name.startsWith(PRIVATE));
    const writes = marks.get(COOKIES);
    if (writes) this.#writeEncoded(writes);
    const withCredentials = marks.get(CREDENTIALS) !== "omit";
    const cookie = withCredentials && this.#jar.header(pathname);
    // Who asks an app by the element's fetch() may bring a header of their own.
    if (cookie && !sent.some(([name]) => name === "cookie")) sent.push(["cookie", cookie]);
    return {
      headers: sent,
      answer: (response) => {
        if (withCredentials) this.#keep(response, pathname);
        const isTold = writes !== undefined && this.#view.version > 0;
        return isTold ? [...response, [COOKIES, encodeURIComponent(JSON.stringify(this.#view))]] : response;
      },
    };
  }

  /**
   * @param {HeaderPair[]} headers
   * @param {string} path
   */
  #keep(headers, path) {
    const set = headers.filter(([name]) => name === "set-cookie");
    const clears = headers.some(
      ([name, value]) => name === "clear-site-data" && /"(?:cookies|\*)"/.test(value),
    );
    for (const [, value] of set) this.#jar.store(value, path);
    if (clears) this.#jar.clear(); // what this response has set, too
    if (clears || set.length > 0) this.#changed();
  }

  /** @param {string} text of a request's header, which any script may have made up */
  #writeEncoded(text) {
    try {
      this.write(JSON.parse(decodeURIComponent(text)));
    } catch {
      // the app's request goes on without
    }
  }

  /** @param {CookieMessage} message */
  #receive(message) {
    if (message.type === "writes") this.write(message);
    else if (message.type === "ask") this.#tell();
  }

  /**
   * Takes what a page's script has written. The same writes may come twice: at once, and with a request.
   * @param {CookieWrites} message
   */
  write({ page, writes }) {
    const last = this.#applied.get(page) ?? 0;
    const fresh = writes.filter(([number]) => number > last);
    if (fresh.length === 0) return;
    for (const [, path, cookie] of fresh) this.#jar.store(cookie, path, { byScript: true });
    this.#applied.delete(page); // so that it is the youngest
    this.#applied.set(page, Math.max(...fresh.map(([number]) => number)));
    if (this.#applied.size > MAX_PAGES) this.#applied.delete([...this.#applied.keys()][0]);
    this.#changed();
  }

  /** @param {Cookie} [cookie] all of them, if none is named */
  forget(cookie) {
    if (cookie) this.#jar.remove(cookie);
    else this.#jar.clear();
    this.#changed();
  }

  #changed() {
    this.#onChange(this.#jar.cookies);
    if (this.#refreshView()) this.#tell();
  }

  /** Makes the view anew; returns whether it is another one. */
  #refreshView() {
    const { version, ...before } = this.#view;
    const cookies = this.#jar.cookies.map((cookie) =>
      // A script has to know that the name is taken, and no more. That it lives longer is no news.
      cookie.httpOnly ? { ...cookie, value: "", expires: null } : cookie,
    );
    const view = { cookies, applied: Object.fromEntries(this.#applied) };
    if (JSON.stringify(view) === JSON.stringify(before)) return false;
    // Greater than all of the app's earlier starts, whose pages may be there still.
    this.#view = { version: Math.max(Date.now(), version + 1), ...view };
    return true;
  }

  #tell() {
    /** @type {CookieMessage} */
    const message = { type: "view", ...this.#view };
    this.#channel?.postMessage(message);
  }
}

/**
 * @param {URL} mount
 * @param {(message: CookieMessage) => void} onMessage
 */
function channelOf(mount, onMessage) {
  try {
    const channel = new BroadcastChannel(`asgi-docs.cookies ${mount.pathname.replace(/\/$/, "")}`);
    channel.onmessage = (event) => onMessage(event.data);
    return channel;
  } catch {
    return null; // where the browser refuses storage there are no pages of the app either
  }
}
