// @ts-check
/**
 * Tells the service worker what browsers do not tell it: that the page has given up a request before its
 * response began, and which request's body is a stream.
 *
 * @import { FrameMessage } from "../types.d.ts"
 */

{
  const HEADER = "x-asgi-docs-request";
  const page = [...crypto.getRandomValues(new Uint32Array(2))].map((part) => part.toString(36)).join("");
  let count = 0;
  const nextId = () => `${page}-${++count}`;

  /** @param {FrameMessage} message */
  const tell = (message) => navigator.serviceWorker?.controller?.postMessage(message);

  const { isOwn } = globalThis.asgiDocsURLs;

  /** @param {string} url */
  const reachesApp = (url) => isOwn(new URL(url, document.baseURI), location);

  // Firefox sends a request with `keepalive` past the service worker.
  const isFirefox = navigator.userAgent.includes("Gecko/") && "mozInnerScreenX" in window;

  /**
   * @param {RequestInfo | URL} input
   * @param {RequestInit} [init]
   */
  const marked = (input, init) => {
    const request = new Request(input, init);
    if (!reachesApp(request.url)) return { request, id: "" };
    const id = nextId();
    const isStream = init?.body instanceof ReadableStream;
    request.headers.set(HEADER, id + (isStream ? ";stream" : "") + (request.keepalive ? ";keepalive" : ""));
    return {
      request: isFirefox && request.keepalive ? new Request(request, { keepalive: false }) : request,
      id,
    };
  };

  const browserFetch = window.fetch;
  // A method, as the browser's: no constructor, and its promise rejects where it would throw.
  const { fetch } = {
    /**
     * @param {RequestInfo | URL} input
     * @param {[RequestInit?]} rest
     */
    async fetch(input, ...rest) {
      const { request, id } = marked(input, ...rest);
      if (!id) return browserFetch(request);
      const onAbort = () => tell({ type: "abort", request: id });
      request.signal.addEventListener("abort", onAbort);
      try {
        return await browserFetch(request);
      } finally {
        request.signal.removeEventListener("abort", onAbort);
      }
    },
  };
  window.fetch = fetch;

  const { open, send } = XMLHttpRequest.prototype;
  /** @type {WeakSet<XMLHttpRequest>} */
  const asynchronous = new WeakSet();
  /** @type {WeakMap<XMLHttpRequest, string>} */
  const urls = new WeakMap();
  const replacement = {
    /**
     * @this {XMLHttpRequest}
     * @param {string} method
     * @param {string | URL} url
     * @param {[boolean?, string?, string?]} rest
     */
    open(method, url, ...rest) {
      /** @type {Function} */ (open).call(this, method, url, ...rest);
      urls.set(this, String(url));
      if (rest.length === 0 || rest[0]) asynchronous.add(this);
      else asynchronous.delete(this);
    },
    /**
     * @this {XMLHttpRequest}
     * @param {Document | XMLHttpRequestBodyInit | null} [body]
     */
    send(body = undefined) {
      const url = urls.get(this);
      if (url !== undefined && asynchronous.has(this) && reachesApp(url)) {
        const id = nextId();
        this.setRequestHeader(HEADER, id);
        const giveUp = () => tell({ type: "abort", request: id });
        const ends = new AbortController();
        for (const type of ["abort", "timeout"]) this.addEventListener(type, giveUp, { signal: ends.signal });
        this.addEventListener("loadend", () => ends.abort(), { signal: ends.signal });
      }
      send.call(this, body);
    },
  };
  Object.assign(XMLHttpRequest.prototype, replacement);

  const close = EventSource.prototype.close;
  Object.assign(EventSource.prototype, {
    /** @this {EventSource} */
    close() {
      if (this.readyState === EventSource.CONNECTING)
        tell({ type: "abort", url: this.url, isNavigation: false });
      close.call(this);
    },
  });

  // Firefox tells nobody when a navigation takes the place of another that has no answer yet.
  let leavingFor = "";
  const { navigation } = /** @type {{ navigation?: EventTarget }} */ (/** @type {unknown} */ (window));
  navigation?.addEventListener("navigate", (event) => {
    const { destination, downloadRequest, defaultPrevented } = /** @type {any} */ (event);
    if (destination.sameDocument || downloadRequest !== null || defaultPrevented) return;
    if (leavingFor && leavingFor !== destination.url)
      tell({ type: "abort", url: leavingFor, isNavigation: true });
    leavingFor = destination.url;
  });

  addEventListener("pagehide", ({ persisted }) => {
    if (!persisted) tell({ type: "bye" });
  });
}
