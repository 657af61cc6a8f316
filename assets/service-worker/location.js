// @ts-check
/** Which app a URL belongs to, and where an app's own URLs lead. */

const { inMount, isOwn, collapsed, appOf } = globalThis.asgiDocsURLs;

/**
 * The path of an app's mount, without a slash at its end.
 * @param {string} token
 */
function mountOf(token) {
  return `${scopePath}~${token}`;
}

/**
 * What a URL below a mount asks for; `doubled` when the mount stands in it twice.
 * @param {URL} url
 */
function targetOf({ origin, pathname, search }) {
  if (origin !== worker.location.origin || !pathname.startsWith(scopePath)) return null;
  const match = /^~([a-z0-9]+(?:\.\d+)?)(\/.*)?$/.exec(pathname.slice(scopePath.length));
  if (!match) return null;
  const [, token, rest = "/"] = match;
  const path = collapsed(rest, mountOf(token)) || "/";
  return { token, path: path + search, doubled: path !== rest };
}

/**
 * The app of the page that a request says it comes from.
 * @param {Request} request
 */
function referringToken({ referrer }) {
  return /^https?:/.test(referrer) ? targetOf(new URL(referrer))?.token : undefined;
}

/**
 * The app of a page that sends a request.
 * @param {FetchEvent} event
 */
async function tokenOf({ clientId, request }) {
  const from = referringToken(request);
  // What a module worker imports. In Firefox, the worker is no client yet, and `get()` would wait for it.
  if (from && /worker$/.test(request.destination)) return from;
  const client = clientId ? await worker.clients.get(clientId) : undefined;
  if (client?.url.startsWith("http")) return targetOf(new URL(client.url))?.token;
  // A frame of the app without a URL of its own (srcdoc), or a navigation: the page that it came from.
  if (/^https?:/.test(request.referrer)) return from;
  // WebKit, and a page with a referrer policy, do not say; it is clear while one app is shown.
  const tokens = client ? await openTokens() : [];
  return tokens.length === 1 ? tokens[0] : undefined;
}

/**
 * Whether a request to a mount may be that of another client of the same app; what is not known is worth asking.
 * @param {Request} request
 * @param {string} token of the mount
 */
function mayBeAnothers(request, token) {
  const from = referringToken(request);
  // Who navigates from outside the app, as the page around the preview does, means what they say.
  if (from === undefined) return request.mode !== "navigate";
  return from !== token && appOf(from) === appOf(token);
}

/**
 * Whether another client of the same app is open.
 * @param {string} token
 */
async function hasOthers(token) {
  return (await openTokens()).some((each) => each !== token && appOf(each) === appOf(token));
}

/** Of the mounts that pages of apps are open from. */
async function openTokens() {
  const tokens = (await worker.clients.matchAll()).map(({ url }) => targetOf(new URL(url))?.token);
  return [...new Set(tokens)].filter((each) => each !== undefined);
}

/**
 * The path below the mount of what an app's page asks for outside it, as root-absolute URLs do.
 * @param {string} url
 * @param {string} token
 */
function pathFor(url, token) {
  const inside = inMount(url, url, worker.location.origin + mountOf(token));
  return inside && targetOf(new URL(inside))?.path;
}

/**
 * Where a header of the app's leads: absolute, or null without a header that leads anywhere.
 * @param {string} location
 * @param {Request} request
 * @param {string} mount
 */
function mappedLocation(location, request, mount) {
  const text = fromUTF8(location);
  if (!text.trim()) return null; // as if there were none, or it would lead to itself
  return inMount(text, request.url, worker.location.origin + mount) ?? location;
}

/**
 * The header `Refresh`, which browsers know as `<meta http-equiv="refresh">`.
 * @param {string} refresh such as `5; url=/next`
 * @param {Request} request
 * @param {string} mount
 */
function mappedRefresh(refresh, request, mount) {
  const match = /^(\s*[\d.]+\s*[;,]?\s*(?:url\s*=\s*)?)(["']?)([^"']+)\2/i.exec(refresh);
  if (!match) return refresh;
  return match[1] + match[2] + mappedLocation(match[3], request, mount) + match[2];
}

/**
 * The other site that a redirect would put into the preview; null when it does not, or when the browser
 * refuses it: as a link of a page of ours, a `javascript:` URL would run.
 * @param {{ status: number, headers: Headers }} response
 * @param {Request} request
 */
function leadsElsewhere({ status, headers }, { mode, destination }) {
  const location = headers.get("location");
  const framed = destination === "iframe" || destination === "frame";
  if (mode !== "navigate" || !framed || !location || ![301, 302, 303, 307, 308].includes(status)) return null;
  const url = new URL(location, worker.location.origin);
  return url.origin === worker.location.origin || url.protocol === "javascript:" ? null : url.href;
}

/**
 * A header's value shows its bytes one by one; what browsers send and expect is UTF-8.
 * @param {string} value
 */
function fromUTF8(value) {
  const bytes = Uint8Array.from(value, (character) => character.charCodeAt(0));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return value;
  }
}
