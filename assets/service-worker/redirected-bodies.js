// @ts-check
/**
 * Redirects that keep method and body, 307 and 308, where browsers lose them after a service worker's answer.
 * WebKit makes the next request with the method and without the body. Firefox makes the next one of a
 * multipart form past the service worker; it is told to GET the page instead. Either way, what was sent is
 * kept for a moment, and put back on the request that follows.
 */

/** Milliseconds; a browser follows a redirect at once. */
const REDIRECT_TIME = 10_000;
/** Firefox; it has no `request.body` either. */
const LOSES_FORMS = !("body" in Request.prototype);

/**
 * @typedef {object} Sent
 * @property {string} method
 * @property {Blob} blob
 * @property {string | null} type
 */

/** What each request that is under way has sent. */
/** @type {WeakMap<Request, Sent>} */
const sent = new WeakMap();
/** What is on its way to where it was redirected, by method and URL of the next request. */
/** @type {Map<string, Sent>} */
const redirected = new Map();

/**
 * Method, headers and body that an app gets, of a request and of the one that led to it.
 * @param {Request} request
 * @returns {Promise<FramedBody & { method: string }>}
 */
async function sentBy(request) {
  const key = redirectKey(request.method, new URL(request.url));
  const kept = redirected.get(key);
  redirected.delete(key);
  const body = await bodyOf(request);
  if (body instanceof ReadableStream)
    return { method: request.method, body, framing: [["transfer-encoding", "chunked"]] };
  if (kept && !body?.size) return framedAgain(request, kept);
  if (!body) return { method: request.method, body, framing: [] };
  sent.set(request, { method: request.method, blob: body, type: request.headers.get("content-type") });
  return { method: request.method, ...(await globalThis.asgiDocs.framed(body)) };
}

/**
 * @param {Request} request
 * @param {Sent} kept
 */
async function framedAgain(request, kept) {
  sent.set(request, kept);
  const { body, framing } = await globalThis.asgiDocs.framed(kept.blob);
  /** @type {HeaderPair[]} */ const lost = [];
  if (kept.type !== null && !request.headers.has("content-type")) lost.push(["content-type", kept.type]);
  // headersOf() has seen a GET, which has no origin.
  if (kept.method !== request.method) lost.push(["origin", worker.location.origin]);
  return { method: kept.method, body, framing: [...lost, ...framing] };
}

/**
 * The answer to give for one that redirects.
 * @param {Request} request
 * @param {Response} response
 */
function keepingBody(request, response) {
  const kept = sent.get(request);
  const location = response.headers.get("location");
  if (!kept?.blob.size || !location || (response.status !== 307 && response.status !== 308)) return response;
  const isForm = kept.type?.startsWith("multipart/form-data");
  const becomesGet = LOSES_FORMS && isForm && request.mode === "navigate";
  const key = redirectKey(becomesGet ? "GET" : request.method, new URL(location, request.url));
  redirected.set(key, kept);
  setTimeout(() => redirected.get(key) === kept && redirected.delete(key), REDIRECT_TIME);
  if (!becomesGet) return response;
  discard(response.body);
  return new Response(null, { status: 303, headers: response.headers });
}

/**
 * @param {string} method
 * @param {URL} url
 */
function redirectKey(method, url) {
  url.hash = "";
  return `${method} ${url}`;
}
