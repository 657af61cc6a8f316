// @ts-check
/**
 * The requests that an app itself sends to other sites (asgi_docs/runtime/outgoing). Nothing throws
 * into Python: a failure is "network", "timeout" or the browser's own words.
 *
 * @typedef {{ failure: string, status: number, reason: string, url: string, headers: string }} Head
 */

import { headerPairs, headerText } from "./header-text.js";

/** Sends a request without blocking; its answer comes part by part. */
class Sent {
  #controller = new AbortController();
  /** @type {Promise<Response>} */ #response;
  /** @type {ReadableStreamDefaultReader<Uint8Array> | undefined} */ #reader;

  /**
   * @param {string} url
   * @param {RequestInit} init
   */
  constructor(url, init) {
    this.#response = this.#send(url, init);
    this.#response.catch(() => {}); // head() tells
  }

  /**
   * @param {string} url
   * @param {RequestInit} init
   */
  async #send(url, init) {
    const request = new Request(url, {
      ...init,
      // Neither the documentation site's cookies nor a cache belong to the app.
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: this.#controller.signal,
    });
    try {
      return await fetch(request);
    } catch (error) {
      throw new DOMException(String(error), "NetworkError"); // a TypeError, as for what cannot be sent
    }
  }

  /** @returns {Promise<Head>} */
  async head() {
    try {
      const response = await this.#response;
      this.#reader = response.body?.getReader();
      return {
        failure: "",
        status: response.status,
        reason: response.statusText,
        url: response.url,
        headers: headerText([...response.headers]),
      };
    } catch (error) {
      return failed(error);
    }
  }

  async read() {
    try {
      const part = await this.#reader?.read();
      return { failure: "", content: part?.value };
    } catch {
      return { failure: "network" };
    }
  }

  abort() {
    this.#controller.abort();
  }
}

export const outgoing = {
  /**
   * @param {string} method
   * @param {string} url
   * @param {string} headers
   * @param {BodyInit} [body]
   */
  fetch: (method, url, headers, body) => new Sent(url, { method, headers: headerPairs(headers), body }),

  /**
   * Blocks the worker until the whole answer is there.
   * @param {string} method
   * @param {string} url
   * @param {string} headers
   * @param {XMLHttpRequestBodyInit | undefined} body
   * @param {number} limit in milliseconds; 0 for none
   * @returns {Head & { body?: Uint8Array }}
   */
  ask(method, url, headers, body, limit) {
    try {
      const request = new XMLHttpRequest();
      request.open(method, url, false);
      request.responseType = "arraybuffer";
      request.timeout = limit;
      for (const [name, value] of headerPairs(headers)) request.setRequestHeader(name, value);
      request.send(body);
      return {
        failure: "",
        status: request.status,
        reason: request.statusText,
        url: request.responseURL,
        headers: request.getAllResponseHeaders().replaceAll("\r", ""),
        body: request.response ? new Uint8Array(request.response) : undefined,
      };
    } catch (error) {
      return failed(error);
    }
  },
};

/** @param {unknown} error */
function failed(error) {
  const { name, message } = /** @type {Error} */ (error);
  const failure = { NetworkError: "network", TimeoutError: "timeout" }[name] ?? (message || name);
  return { failure, status: 0, reason: "", url: "", headers: "" };
}
