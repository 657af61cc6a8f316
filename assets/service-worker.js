// @ts-check
/**
 * The relay between an app's frames and its Python worker: a classic script, imported by the small
 * stub that is registered. It keeps nothing that it cannot ask for again: the browser may stop it at
 * any moment. Which app a request belongs to stands in its URL, `<registration scope>~<token>/`; a
 * token without a link is asked for among the pages, and its owner answers with a fresh port.
 *
 * Chromium stops an idle worker after 30 s, Firefox even under an open stream unless the page pings.
 *
 * @import { AppResponse, HeaderPair, PageMessage, ServiceWorkerMessage } from "./types.d.ts"
 */

{
  const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  const { AppClient, front = "", mirrors = {}, blanks = [] } = globalThis.asgiDocs;

  /** Of the messages between page and service worker; old pages and new workers meet after a deploy. */
  const PROTOCOL = 1;
  const NO_OWNER_TIMEOUT = 3_000;
  const BOOT_TIMEOUT = 90_000;
  /** Request bodies up to this size travel in one piece, with their length. */
  const WHOLE_BODY = 1 << 20;
  /** Where the start of an HTML page is looked for. */
  const HTML_PREAMBLE = 8192;
  /** Content of a page without a <head>: a complete tag name, or text, after a byte order mark as latin-1 shows it. */
  const CONTENT = /<(?!(?:head|html)\b)[a-z][a-z0-9-]*[\s/>]|^(?:\xEF\xBB\xBF)?\s*[^<\s\xEF]/i;

  const root = new URL("./", worker.location.href);
  const scopePath = new URL(worker.registration.scope).pathname;
  const frameClient = new URL(`${front}/frame-client.js`, root).href;

  /** A cache of ports, by token; see the top of this file. */
  /** @type {Map<string, AppClient>} */
  const links = new Map();
  /** Requests that wait for a link, by token. */
  /** @type {Map<string, { promise: Promise<AppClient>, resolve: (client: AppClient) => void, reject: (error: Error) => void, timer: number }>} */
  const waiting = new Map();

  worker.addEventListener("install", () => worker.skipWaiting());
  worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
  worker.addEventListener("message", onMessage);
  worker.addEventListener("fetch", onFetch);

  /** @param {ExtendableMessageEvent} event */
  function onMessage(event) {
    /** @type {PageMessage} */
    const message = event.data;
    switch (message.type) {
      case "link": {
        const { token } = message;
        links.get(token)?.close("The app was restarted.");
        const client = new AppClient(event.ports[0]);
        links.set(token, client);
        settle(token, (wait) => wait.resolve(client));
        /** @type {ServiceWorkerMessage} */
        const answer = { type: "linked", protocol: PROTOCOL, token };
        event.source?.postMessage(answer);
        break;
      }
      case "link-later": {
        const wait = waiting.get(message.token);
        if (!wait) break;
        clearTimeout(wait.timer);
        wait.timer = giveUpAfter(BOOT_TIMEOUT, message.token, "The app takes too long to start.");
        break;
      }
      case "unlink":
        links.get(message.token)?.close("The app was stopped.");
        links.delete(message.token);
        settle(message.token, (wait) => wait.reject(new Error("The app is stopped.")));
        break;
    }
  }

  /** @param {FetchEvent} event */
  function onFetch(event) {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== worker.location.origin) {
      const mirror = mirrorOf(request.url);
      if (mirror) event.respondWith(fetchMirror(mirror, request));
      else if (blanks.some((prefix) => request.url.startsWith(prefix))) event.respondWith(blank(request));
      return;
    }
    if (request.url === frameClient) return;
    const target = targetOf(url);
    if (target) {
      event.respondWith(answer(request, target.token, target.path));
    } else if (request.mode !== "navigate") {
      // A root-absolute URL in an app's page: it belongs to the app that the page is of.
      event.respondWith(
        tokenOf(event.clientId).then((token) =>
          token ? answer(request, token, url.pathname + url.search) : fetch(request),
        ),
      );
    }
  }

  /**
   * The packaged copy of a file that frameworks' pages load from a CDN.
   * @param {string} url
   */
  function mirrorOf(url) {
    for (const [prefix, folder] of Object.entries(mirrors)) {
      if (url.startsWith(prefix)) return new URL(folder + url.slice(prefix.length), root);
    }
    return null;
  }

  /**
   * @param {URL} mirror
   * @param {Request} request
   */
  async function fetchMirror(mirror, request) {
    const response = await fetch(mirror).catch(() => null);
    return response?.ok ? response : fetch(request); // a file that was not packaged
  }

  /** @param {Request} request */
  function blank({ destination }) {
    const image = destination === "image";
    const body = image ? '<svg xmlns="http://www.w3.org/2000/svg"/>' : "";
    return new Response(body, { headers: { "content-type": image ? "image/svg+xml" : "text/css" } });
  }

  /** @param {URL} url */
  function targetOf({ pathname, search }) {
    if (!pathname.startsWith(scopePath)) return null;
    const match = /^~([a-z0-9]+)(\/.*)?$/.exec(pathname.slice(scopePath.length));
    return match && { token: match[1], path: (match[2] ?? "/") + search };
  }

  /** @param {string} clientId */
  async function tokenOf(clientId) {
    const client = await worker.clients.get(clientId);
    return client ? targetOf(new URL(client.url))?.token : undefined;
  }

  /**
   * @param {Request} request
   * @param {string} token
   * @param {string} path
   */
  async function answer(request, token, path) {
    /** @type {AppResponse} */ let response;
    try {
      const client = links.get(token) ?? (await askForLink(token));
      const { body, framing } = await bodyOf(request);
      const headers = [...headersOf(request), ...framing];
      response = await client.request({
        method: request.method,
        path,
        headers,
        body,
        signal: request.signal,
      });
    } catch (error) {
      return errorPage(503, "Not running", /** @type {Error} */ (error).message);
    }
    try {
      return toResponse(response, request, `${scopePath}~${token}`);
    } catch (error) {
      discard(response.body);
      return errorPage(502, "Not a response", /** @type {Error} */ (error).message);
    }
  }

  /** @param {string} token */
  function askForLink(token) {
    const known = waiting.get(token);
    if (known) return known.promise;
    const timer = giveUpAfter(NO_OWNER_TIMEOUT, token, "The page that runs this app is closed.");
    /** @type {(client: AppClient) => void} */ let resolve = () => {};
    /** @type {(error: Error) => void} */ let reject = () => {};
    /** @type {Promise<AppClient>} */
    const promise = new Promise((...functions) => {
      [resolve, reject] = functions;
    });
    waiting.set(token, { promise, resolve, reject, timer });
    askPages({ type: "need-link", token });
    return promise;
  }

  /** @param {ServiceWorkerMessage} message */
  async function askPages(message) {
    const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
    if (!waiting.has(message.token)) return; // the link has come by itself
    for (const page of pages) page.postMessage(message);
  }

  /**
   * @param {number} milliseconds
   * @param {string} token
   * @param {string} reason
   */
  function giveUpAfter(milliseconds, token, reason) {
    return setTimeout(() => settle(token, (wait) => wait.reject(new Error(reason))), milliseconds);
  }

  /**
   * @param {string} token
   * @param {(wait: { resolve: (client: AppClient) => void, reject: (error: Error) => void }) => void} how
   */
  function settle(token, how) {
    const wait = waiting.get(token);
    if (!wait) return;
    clearTimeout(wait.timer);
    waiting.delete(token);
    how(wait);
  }

  /**
   * The headers that a server would get: a service worker is not shown all of them.
   * @param {Request} request
   * @returns {HeaderPair[]}
   */
  function headersOf(request) {
    const headers = new Headers(request.headers);
    if (request.referrer.startsWith("http") && !headers.has("referer"))
      headers.set("referer", request.referrer);
    if (!headers.has("user-agent")) headers.set("user-agent", navigator.userAgent);
    if (!headers.has("accept-language")) headers.set("accept-language", navigator.languages.join(","));
    if (!headers.has("origin") && request.method !== "GET" && request.method !== "HEAD") {
      headers.set("origin", worker.location.origin);
    }
    return [...headers];
  }

  /**
   * The request's body, and the header that says how long it is: apps take a request with neither
   * `content-length` nor `transfer-encoding` for one without a body. Firefox has no `request.body`.
   * @param {Request} request
   * @returns {Promise<{ body: ArrayBuffer | ReadableStream<Uint8Array> | null, framing: HeaderPair[] }>}
   */
  async function bodyOf(request) {
    if (request.method === "GET" || request.method === "HEAD") return { body: null, framing: [] };
    if (!request.body) return whole(await request.arrayBuffer());
    const reader = request.body.getReader();
    /** @type {Uint8Array<ArrayBuffer>[]} */
    const chunks = [];
    let size = 0;
    while (size < WHOLE_BODY) {
      const { done, value } = await reader.read();
      if (done) return whole(await new Blob(chunks).arrayBuffer());
      chunks.push(/** @type {Uint8Array<ArrayBuffer>} */ (value));
      size += value.byteLength;
    }
    const body = new ReadableStream({
      async pull(controller) {
        const first = chunks.shift();
        if (first) return controller.enqueue(first);
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    });
    return { body, framing: [["transfer-encoding", "chunked"]] };
  }

  /**
   * @param {ArrayBuffer} body
   * @returns {{ body: ArrayBuffer, framing: HeaderPair[] }}
   */
  function whole(body) {
    return { body, framing: [["content-length", String(body.byteLength)]] };
  }

  /**
   * @param {AppResponse} response
   * @param {Request} request
   * @param {string} mount path of the app's mount, without a slash at its end
   */
  function toResponse({ status, headers: pairs, body }, request, mount) {
    const headers = new Headers();
    for (const [name, value] of pairs) {
      if (name === "location") headers.set(name, mappedLocation(value, mount));
      else if (name === "content-security-policy") headers.append(name, withoutFrameAncestors(value));
      // The preview is a frame; an app that forbids frames means other sites' frames.
      else if (name !== "x-frame-options") headers.append(name, value);
    }
    if (worker.crossOriginIsolated) {
      headers.set("cross-origin-embedder-policy", "require-corp");
      headers.set("cross-origin-resource-policy", "same-origin");
    }
    if (status < 200 || status > 599) throw new Error(`A browser refuses the status ${status}.`);
    if (request.method === "HEAD" || [204, 205, 304].includes(status))
      return new Response(null, { status, headers });
    if (body && request.mode === "navigate" && /^text\/html\b/i.test(headers.get("content-type") ?? "")) {
      headers.delete("content-length");
      body = withFrameClient(body, mount);
    }
    return new Response(body, { status, headers });
  }

  /**
   * Ends a body that nobody will read: the app waits for its reader.
   * @param {AppResponse["body"]} body
   */
  function discard(body) {
    if (body instanceof ReadableStream) body.cancel().catch(() => {});
  }

  /**
   * A redirect to `/x` means the app's own `/x`.
   * @param {string} location
   * @param {string} mount
   */
  function mappedLocation(location, mount) {
    const { origin } = worker.location;
    const path = location.startsWith(`${origin}/`) ? location.slice(origin.length) : location;
    if (!path.startsWith("/") || path.startsWith("//")) return location;
    const inside = path === mount || ["/", "?", "#"].some((next) => path.startsWith(mount + next));
    return inside ? path : mount + path;
  }

  /** @param {string} policy */
  function withoutFrameAncestors(policy) {
    return policy
      .split(";")
      .filter((directive) => !/^\s*frame-ancestors\b/i.test(directive))
      .join(";");
  }

  /**
   * Puts frame-client.js into an HTML page, before any script of its own. Of a streamed page as much
   * is held back as it takes to find the place: the script before a doctype would mean quirks mode.
   * @param {ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>} body
   * @param {string} mount
   */
  function withFrameClient(body, mount) {
    const tag = `<script src="${escaped(frameClient)}" data-mount="${escaped(mount)}"></script>`;
    const bytes = new TextEncoder().encode(tag);
    /** @type {Uint8Array<ArrayBuffer>} */ let held = new Uint8Array();
    let inserted = false;
    /** @param {boolean} last */
    const insert = (last) => {
      const start = new TextDecoder("latin1").decode(held.subarray(0, HTML_PREAMBLE));
      const head = /<head\b[^>]*>/i.exec(start);
      // Without a <head> in sight more may have to come, unless other content has begun.
      if (!head && !last && held.length < HTML_PREAMBLE && !CONTENT.test(start)) return null;
      const match = head ?? /<html\b[^>]*>/i.exec(start) ?? /<!doctype[^>]*>/i.exec(start);
      inserted = true;
      return joined(held, bytes, match ? match.index + match[0].length : 0);
    };
    if (!(body instanceof ReadableStream)) {
      held = body;
      return insert(true);
    }
    return body.pipeThrough(
      new TransformStream({
        transform(chunk, controller) {
          if (inserted) return controller.enqueue(chunk);
          held = joined(held, chunk, held.length);
          const page = insert(false);
          if (page) controller.enqueue(page);
        },
        flush(controller) {
          if (!inserted) controller.enqueue(insert(true));
        },
      }),
    );
  }

  /**
   * @param {Uint8Array} whole
   * @param {Uint8Array} part
   * @param {number} position
   */
  function joined(whole, part, position) {
    const result = new Uint8Array(whole.length + part.length);
    result.set(whole.subarray(0, position));
    result.set(part, position);
    result.set(whole.subarray(position), position + part.length);
    return result;
  }

  /** @param {string} text */
  function escaped(text) {
    return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  }

  /**
   * A page of ours in the app's place; the preview knows it by its `asgi-docs` (ui/browser-pane.js).
   * @param {number} status
   * @param {string} title
   * @param {string} reason
   */
  function errorPage(status, title, reason) {
    const hint =
      status === 503
        ? "<p>Press <b>Run</b> on the documentation page. In a tab of its own, reload then.</p>"
        : "";
    const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="asgi-docs" content="error">
<title>${title}</title>
<style>:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{margin:2rem;max-width:34rem}</style></head>
<body><h1>${title}</h1><p>${escaped(reason)}</p>${hint}</body></html>`;
    return new Response(page, { status, headers: { "content-type": "text/html; charset=utf-8" } });
  }
}
