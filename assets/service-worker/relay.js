// @ts-check
/**
 * The relay between an app's frames and its Python worker. It keeps nothing that it cannot ask for
 * again: the browser may stop it at any moment. Which app a request belongs to, and which of its clients, stands in
 * its URL, `<registration scope>~<token>/`.
 *
 * Chromium stops an idle worker after 30 s, Firefox even under an open stream unless the page pings.
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const { front = "", clients = {}, mirrors = {}, blanks = [] } = globalThis.asgiDocs;
const IS_FIREFOX = navigator.userAgent.includes("Gecko/");
const root = new URL("./", worker.location.href);
const scopePath = new URL(worker.registration.scope).pathname;
const frontFolder = new URL(`${front}/`, root).href;
const frameClient = `${frontFolder}frame-client.js`;

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("message", (event) => {
  onMessage(event);
  onFrameMessage(event);
});
worker.addEventListener("fetch", onFetch);

/** @param {FetchEvent} event */
function onFetch(event) {
  const { request } = event;
  const url = new URL(request.url);
  if (request.url.startsWith(frontFolder)) {
    const client = clients[url.pathname.slice(url.pathname.lastIndexOf("/") + 1)];
    if (client) return event.respondWith(carried(request, client));
  }
  const file = keptURL(request);
  if (file) return event.respondWith(kept(file, request));
  const target = targetOf(url);
  if (target?.doubled && request.mode === "navigate" && request.method === "GET") {
    // So that the page's relative URLs, and the address bar, start from the right place.
    event.respondWith(redirectTo(target.token, target.path));
  } else if (target && mayBeAnothers(request, target.token)) {
    event.respondWith(answerAsker(event, target.token, target.path));
  } else if (target) {
    event.respondWith(answer(event, target.token, target.path));
  } else if (isOwn(url, worker.location)) {
    const inScope = url.origin === worker.location.origin && url.pathname.startsWith(scopePath);
    if (request.mode !== "navigate" || inScope) event.respondWith(answerOutside(event));
  } else {
    const mirror = mirrorOf(request.url);
    if (mirror) event.respondWith(fetchMirror(mirror, request));
    else if (blanks.some((prefix) => request.url.startsWith(prefix))) event.respondWith(blank(request));
  }
}

/**
 * @param {string} token
 * @param {string} path
 */
function redirectTo(token, path) {
  return Response.redirect(worker.location.origin + mountOf(token) + path);
}

/**
 * A request to a mount that need not be the asking client's own.
 * @param {FetchEvent} event
 * @param {string} token of that mount
 * @param {string} path
 */
async function answerAsker(event, token, path) {
  const { request } = event;
  // A worker from a blob: URL says nothing, and in Firefox one that still loads its scripts is never found.
  const asking = referringToken(request) ?? ((await hasOthers(token)) ? await tokenOf(event) : undefined);
  if (!asking || asking === token || appOf(asking) !== appOf(token)) return answer(event, token, path);
  // What may have relative URLs of its own is to have the right base for them.
  if (request.method === "GET" && request.destination) return redirectTo(asking, path);
  return answer(event, asking, path);
}

/**
 * A request outside any mount, such as for a root-absolute URL: it belongs to the app that the page is of.
 * @param {FetchEvent} event
 */
async function answerOutside(event) {
  const { request } = event;
  const token = await tokenOf(event);
  const path = token && pathFor(request.url, token);
  if (!token || !path) return fetch(request);
  if (request.mode === "navigate") return redirectTo(token, path);
  return answer(event, token, path);
}

/**
 * @param {FetchEvent} event
 * @param {string} token
 * @param {string} path
 */
async function answer(event, token, path) {
  const { request } = event;
  const asked = globalThis.asgiDocsWorkers.unmarked(path);
  const head = awaitHead(event);
  /** @type {import("../types.d.ts").AppResponse} */ let response;
  try {
    const client = await linkOf(token);
    // A WebSocket that waits for its connection: is the app there? (frame-client/socket-connection.js)
    if (request.headers.has("x-asgi-docs-probe")) return new Response(null, { status: 204 });
    const { method, body, framing } = await sentBy(request);
    /** @type {HeaderPair[]} */
    const headers = [
      ...headersOf(request, mountOf(token)),
      ["accept-encoding", globalThis.asgiDocs.acceptEncoding],
      ...lastEventIdOf(event),
      ...framing,
    ];
    response = await client.request({ method, path: asked.path, headers, body, signal: head.signal });
  } catch (error) {
    // Nobody reads the answer to what was given up; an error would only be noise in the console.
    return head.signal.aborted ? new Response(null, { status: 204 }) : noAnswer(/** @type {Error} */ (error));
  } finally {
    head.end();
  }
  try {
    const made = toResponse(response, request, mountOf(token));
    if (asked.type) return await withWorkerClient(made, mountOf(token), asked.type);
    const elsewhere = await followedElsewhere(request, made);
    return elsewhere ?? rememberingEventId(event, keepingBody(request, made));
  } catch (error) {
    discard(response.body);
    return errorPage(502, "Not a response", /** @type {Error} */ (error).message);
  }
}

/**
 * @param {Request} request for a script of ours
 * @param {string} content of it
 */
async function carried(request, content) {
  // In Firefox no Content-Security-Policy lets in by its URL what a service worker has made.
  const response = IS_FIREFOX ? await fetch(request).catch(() => null) : null;
  if (response?.ok) return response;
  return new Response(content, { headers: { "content-type": "text/javascript; charset=utf-8" } });
}

/** @param {Error} error */
function noAnswer({ name, message }) {
  if (name === "TimeoutError") return errorPage(504, "No answer", message);
  return errorPage(503, "Not running", message);
}
