// @ts-check
/**
 * The cookies of one app. A service worker is never shown `Cookie` and cannot set `Set-Cookie`, and
 * the documentation site's own cookies are none of an app's business.
 *
 * Rules: RFC 6265, sections 5.1 to 5.4, for one host (https://www.rfc-editor.org/rfc/rfc6265).
 *
 * @import { Cookie } from "./types.d.ts"
 */

export class CookieJar {
  /** @type {Cookie[]} */ #cookies;

  /** @param {Cookie[]} [cookies] what an earlier jar held */
  constructor(cookies = []) {
    this.#cookies = [...cookies];
  }

  /** What is to be kept for the app's next start. */
  get cookies() {
    return this.#cookies;
  }

  /**
   * The value of the `Cookie` header, or null when there is nothing to send.
   * @param {string[]} paths the request's path, as the app may mean it: with its mount and without
   * @param {boolean} secure whether the page came over https or from localhost
   */
  header(paths, secure) {
    const now = Date.now();
    this.#cookies = this.#cookies.filter(({ expires }) => expires === null || expires > now);
    const sent = this.#cookies
      .filter((cookie) => (secure || !cookie.secure) && paths.some((path) => pathMatches(path, cookie.path)))
      .sort((a, b) => b.path.length - a.path.length);
    return sent.length > 0
      ? sent.map(({ name, value }) => (name ? `${name}=${value}` : value)).join("; ")
      : null;
  }

  /**
   * Takes the `Set-Cookie` headers of a response.
   * @param {string[]} headers
   * @param {string} requestPath
   */
  store(headers, requestPath) {
    for (const header of headers) {
      const cookie = parseSetCookie(header, requestPath);
      if (!cookie) continue;
      const index = this.#cookies.findIndex(({ name, path }) => name === cookie.name && path === cookie.path);
      if (index >= 0) this.#cookies[index] = cookie;
      else this.#cookies.push(cookie);
    }
  }
}

/**
 * @param {string} header
 * @param {string} requestPath
 * @returns {Cookie | null}
 */
export function parseSetCookie(header, requestPath) {
  const [pair, ...attributes] = header.split(";");
  const equals = pair.indexOf("=");
  const name = pair.slice(0, Math.max(equals, 0)).trim();
  const value = pair.slice(equals + 1).trim();
  if (!name && !value) return null;
  /** @type {Cookie} */
  const cookie = {
    name,
    value,
    path: defaultPath(requestPath),
    expires: null,
    secure: false,
    httpOnly: false,
  };
  /** @type {number | null} */ let maxAge = null;
  for (const attribute of attributes) {
    const [key, ...rest] = attribute.split("=");
    const text = rest.join("=").trim();
    switch (key.trim().toLowerCase()) {
      case "path":
        cookie.path = text.startsWith("/") ? text : defaultPath(requestPath);
        break;
      case "expires":
        if (!Number.isNaN(Date.parse(text))) cookie.expires = Date.parse(text);
        break;
      case "max-age":
        if (/^-?\d+$/.test(text)) maxAge = Number(text);
        break;
      case "secure":
        cookie.secure = true;
        break;
      case "httponly":
        cookie.httpOnly = true;
        break;
    }
  }
  if (maxAge !== null) cookie.expires = maxAge > 0 ? Date.now() + maxAge * 1000 : 0;
  return cookie;
}

/** @param {string} requestPath */
function defaultPath(requestPath) {
  const lastSlash = requestPath.lastIndexOf("/");
  return lastSlash > 0 ? requestPath.slice(0, lastSlash) : "/";
}

/**
 * @param {string} requestPath
 * @param {string} cookiePath
 */
function pathMatches(requestPath, cookiePath) {
  if (requestPath === cookiePath) return true;
  return (
    requestPath.startsWith(cookiePath) && (cookiePath.endsWith("/") || requestPath[cookiePath.length] === "/")
  );
}
