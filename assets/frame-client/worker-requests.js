// @ts-check
/**
 * Requests of an app's web worker. The service worker knows which app a worker belongs to by the worker's
 * URL, but a worker from a blob: URL has none that tells.
 */

{
  const { mapped } = globalThis.asgiDocsFrame;
  /** @param {string | URL} url */
  const inApp = (url) => mapped(url) ?? url;

  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    if (!(input instanceof Request)) return fetch(inApp(input), init);
    const url = mapped(input.url);
    return fetch(url ? new Request(url, input) : input, init);
  };

  const open = XMLHttpRequest.prototype.open;
  /** @param {[method: string, url: string | URL, ...rest: any[]]} values */
  XMLHttpRequest.prototype.open = function (...[method, url, ...rest]) {
    Reflect.apply(open, this, [method, inApp(url), ...rest]);
  };

  if (globalThis.EventSource) {
    globalThis.EventSource = new Proxy(EventSource, {
      construct: (target, [url, ...rest], newTarget) =>
        Reflect.construct(target, [inApp(url), ...rest], newTarget),
    });
  }

  const worker = /** @type {{ importScripts?: (...urls: (string | URL)[]) => void }} */ (globalThis);
  const { importScripts } = worker;
  if (importScripts) worker.importScripts = (...urls) => importScripts(...urls.map(inApp));
}
