// @ts-check
/**
 * `WebSocket` of an app's page or worker: to the app's own host it reaches the app, to all others it is
 * the browser's. Both kinds share the browser's own prototype, so that `instanceof`, subclasses and what
 * libraries patch see one class.
 */

{
  const { mount, AppSocket } = globalThis.asgiDocsFrame;
  const { inMount, below } = globalThis.asgiDocsURLs;
  const Native = globalThis.WebSocket;

  /** https://www.rfc-editor.org/rfc/rfc2616#section-2.2 */
  const TOKEN = /^[!#$%&'*+\-.^_`|~\w]+$/;

  /**
   * The absolute `ws:` URL, or null when it is none at all.
   * @param {string} url
   */
  const socketURL = (url) => {
    /** @type {URL} */ let parsed;
    try {
      parsed = new URL(url, globalThis.document?.baseURI ?? location.href);
    } catch {
      return null; // the browser will say so
    }
    if (/^https?:$/.test(parsed.protocol)) parsed.protocol = parsed.protocol.replace("http", "ws");
    return /^wss?:$/.test(parsed.protocol) ? parsed : null;
  };

  /**
   * The app's path, with its query, that a WebSocket's URL means; null when it means another host.
   * @param {URL} url
   */
  const appPath = (url) => {
    const href = url.href.replace(/^ws/, "http");
    const mapped = inMount(href, href, globalThis.origin + mount);
    if (mapped === null) return null;
    const { pathname, search } = new URL(mapped);
    const path = below(pathname, mount);
    return path === null ? null : (path || "/") + search;
  };

  /** @param {unknown} protocols */
  const protocolList = (protocols) => {
    if (protocols === undefined) return [];
    const several = typeof protocols === "object" && protocols !== null && Symbol.iterator in protocols;
    const list = several
      ? Array.from(/** @type {Iterable<unknown>} */ (protocols), String)
      : [`${protocols}`];
    if (!list.every((name) => TOKEN.test(name)) || new Set(list).size < list.length)
      throw new DOMException(`Not a list of subprotocols: ${list.join(", ")}`, "SyntaxError");
    return list;
  };

  const WebSocket = new Proxy(Native, {
    construct(target, values, newTarget) {
      const url = values.length > 0 ? socketURL(`${values[0]}`) : null;
      const path = url && appPath(url);
      if (!url || path === null) return Reflect.construct(target, values, newTarget);
      if (url.href.includes("#"))
        throw new DOMException(`The URL of a WebSocket has no fragment: ${url}`, "SyntaxError");
      return Reflect.construct(AppSocket, [url, path, protocolList(values[1])], newTarget);
    },
  });

  for (const [name, ours] of Object.entries(Object.getOwnPropertyDescriptors(AppSocket.prototype))) {
    const native = Object.getOwnPropertyDescriptor(Native.prototype, name);
    if (!native?.configurable || name === "constructor") continue;
    Object.defineProperty(Native.prototype, name, merged(ours, native));
  }

  /**
   * @param {PropertyDescriptor} ours
   * @param {PropertyDescriptor} native
   * @returns {PropertyDescriptor}
   */
  function merged(ours, native) {
    /** @type {PropertyDescriptor} */
    const result = { ...native };
    for (const kind of /** @type {const} */ (["get", "set", "value"])) {
      const original = native[kind];
      if (typeof original !== "function") continue;
      // A proxy keeps the name, the length and the text of the browser's own function.
      result[kind] = new Proxy(original, {
        apply: (target, self, values) =>
          Reflect.apply(AppSocket.has(Object(self)) ? ours[kind] : target, self, values),
      });
    }
    return result;
  }

  Object.defineProperty(Native.prototype, "constructor", {
    configurable: true,
    writable: true,
    value: WebSocket,
  });
  globalThis.WebSocket = WebSocket;
}
