// @ts-check
/**
 * Cookies and the requests of an app's scripts, which have to keep one order: what a script has written
 * goes with its next request, and what a response has set is there when the script has the response.
 */

{
  const { cookies } = globalThis.asgiDocsFrame;
  const { isOwn } = globalThis.asgiDocsURLs;

  /** @param {string} url */
  const reachesApp = (url) => isOwn(new URL(url, document.baseURI), location);

  const browserFetch = window.fetch;
  // A method, as the browser's: no constructor, and its promise rejects where it would throw.
  const { fetch } = {
    /**
     * @param {RequestInfo | URL} input
     * @param {[RequestInit?]} rest
     */
    async fetch(input, ...rest) {
      const writes = cookies.pending();
      if (writes === null) return received(await browserFetch(input, ...rest));
      const request = new Request(input, ...rest);
      if (reachesApp(request.url)) request.headers.set(cookies.header, writes);
      return received(await browserFetch(request));
    },
  };
  window.fetch = fetch;

  /** @param {Response} response */
  const received = (response) => {
    const view = response.headers.get(cookies.header);
    if (view === null) return response;
    cookies.take(view);
    const headers = new Headers(response.headers);
    headers.delete(cookies.header);
    // A response from the network does not let its headers be changed.
    return Object.defineProperty(response, "headers", { value: headers });
  };

  const { open, send, getResponseHeader, getAllResponseHeaders } = XMLHttpRequest.prototype;
  /** @type {WeakMap<XMLHttpRequest, string>} */
  const urls = new WeakMap();
  /** @this {XMLHttpRequest} */
  const onHead = function () {
    const { readyState, HEADERS_RECEIVED, DONE } = this; // a synchronous request is only ever done
    if (readyState === HEADERS_RECEIVED || readyState === DONE)
      cookies.take(getResponseHeader.call(this, cookies.header));
  };
  const replacement = {
    /**
     * @this {XMLHttpRequest}
     * @param {string} method
     * @param {string | URL} url
     * @param {[boolean?, string?, string?]} rest
     */
    open(method, url, ...rest) {
      /** @type {Function} */ (open).call(this, method, url, ...rest);
      if (!urls.has(this)) this.addEventListener("readystatechange", onHead);
      urls.set(this, String(url));
    },
    /**
     * @this {XMLHttpRequest}
     * @param {[(Document | XMLHttpRequestBodyInit | null)?]} body
     */
    send(...body) {
      const url = urls.get(this);
      const writes = cookies.pending();
      if (url !== undefined && writes !== null && reachesApp(url))
        this.setRequestHeader(cookies.header, writes);
      send.call(this, ...body);
    },
    /**
     * @this {XMLHttpRequest}
     * @param {string} name
     */
    getResponseHeader(name) {
      return String(name).toLowerCase() === cookies.header ? null : getResponseHeader.call(this, name);
    },
    /** @this {XMLHttpRequest} */
    getAllResponseHeaders() {
      const lines = getAllResponseHeaders.call(this).split(/(?<=\n)/);
      return lines.filter((line) => !line.startsWith(`${cookies.header}:`)).join("");
    },
  };
  Object.assign(XMLHttpRequest.prototype, replacement);
}
