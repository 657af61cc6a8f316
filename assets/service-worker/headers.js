// @ts-check
/** The headers that a server would get: a service worker is shown few of them. */

/** Headers between our own scripts; see app-cookies.js. */
const PRIVATE = "x-asgi-docs-";
const COOKIES = `${PRIVATE}cookies`;

/**
 * @param {Request} request
 * @param {string} mount path of the app's mount, without a slash at its end
 * @returns {import("../types.d.ts").HeaderPair[]}
 */
function headersOf(request, mount) {
  const headers = new Headers(request.headers);
  const { cache, credentials, destination, method, mode } = request;
  /** @type {(name: string, value: string) => void} */
  const setDefault = (name, value) => {
    if (!headers.has(name)) headers.set(name, value);
  };
  const navigates = mode === "navigate";
  const reads = method === "GET" || method === "HEAD";

  const referrer = referrerOf(request, worker.location.origin + mount);
  if (referrer) headers.set("referer", referrer);
  else headers.delete("referer");
  if (!reads) setDefault("origin", originOf(request));

  // The reader opens a page by the address bar above the preview or by that of a tab.
  const fromAddressBar = navigates && reads && !referrer;
  headers.set("sec-fetch-site", fromAddressBar ? "none" : "same-origin");
  headers.set("sec-fetch-mode", mode);
  headers.set("sec-fetch-dest", destination || "empty");
  if (fromAddressBar) headers.set("sec-fetch-user", "?1");

  setDefault("accept", navigates ? "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" : "*/*");
  setDefault("accept-language", acceptLanguage(navigator.languages));
  setDefault("user-agent", navigator.userAgent);
  if (navigates) setDefault("upgrade-insecure-requests", "1");
  if (cache === "no-cache") setDefault("cache-control", "max-age=0");
  if (cache === "no-store" || cache === "reload") {
    setDefault("cache-control", "no-cache");
    setDefault("pragma", "no-cache");
  }

  for (const name of [...headers.keys()])
    if (name.startsWith(PRIVATE) && name !== COOKIES) headers.delete(name);
  // A page starts with its cookies, and a script expects those that its request has changed.
  if (navigates || destination === "") setDefault(COOKIES, "");
  if (credentials === "omit") headers.set(`${PRIVATE}credentials`, "omit");
  return [...headers];
}

/**
 * The referrer if it is a page of the app, or only an origin as some policies have it: the documentation
 * page and other apps are none of the app's business.
 * @param {Request} request
 * @param {string} mount
 */
function referrerOf({ headers, method, mode, referrer }, mount) {
  const url = headers.get("referer") ?? referrer;
  const inside = url === mount || ["/", "?"].some((next) => url.startsWith(mount + next));
  const onlyOrigin = url === `${worker.location.origin}/` && !(mode === "navigate" && method === "GET");
  return inside || onlyOrigin ? url : null;
}

/**
 * https://fetch.spec.whatwg.org/#append-a-request-origin-header, for requests to the page's own origin.
 * @param {Request} request
 */
function originOf({ mode, referrerPolicy }) {
  return referrerPolicy === "no-referrer" && mode !== "cors" ? "null" : worker.location.origin;
}

/**
 * As browsers write it: `de-CH,de;q=0.9,en;q=0.8`.
 * @param {readonly string[]} languages
 */
function acceptLanguage(languages) {
  const weighted = (/** @type {string} */ language, /** @type {number} */ index) =>
    index === 0 ? language : `${language};q=${Math.max(1 - index / 10, 0.1).toFixed(1)}`;
  return languages.map(weighted).join(",");
}
