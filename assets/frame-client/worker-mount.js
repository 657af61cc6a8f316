// @ts-check
/** First of the worker client's files that both kinds of workers load: which app the worker is of. */

{
  const { mount, front } = globalThis.asgiDocsWorker;
  Reflect.deleteProperty(globalThis, "asgiDocsWorker");

  /** @param {string | URL} url */
  const mapped = (url) => {
    const target = globalThis.asgiDocsURLs.inMount(url, location.href, globalThis.origin + mount);
    return target === `${url}` ? null : target;
  };

  // Not enumerable: an app's own scripts have no reason to meet it.
  Object.defineProperty(globalThis, "asgiDocsFrame", { value: { mount, source: front, mapped } });
}
