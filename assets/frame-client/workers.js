// @ts-check
/**
 * Web workers of an app's page, or of its workers: their scripts come from the app, and begin with our
 * worker client.
 */

{
  const { mount, source } = globalThis.asgiDocsFrame;
  const { inMount } = globalThis.asgiDocsURLs;
  const { prologue, marked } = globalThis.asgiDocsWorkers;
  const { XMLHttpRequest } = globalThis;
  const front = new URL("./", source).href;

  /** Milliseconds after which a worker has fetched its script. */
  const FETCHED = 30_000;

  /**
   * @param {unknown} given
   * @param {"classic" | "module"} type
   */
  const scriptURL = (given, type) => {
    const base = globalThis.document?.baseURI ?? location.href;
    const url = `${given}`;
    if (/^(blob|data):/i.test(url)) return wrapped(url, type);
    const mapped = inMount(url, base, globalThis.origin + mount);
    return mapped === null ? url : marked(mapped, type);
  };

  /**
   * The page may revoke its blob: URL at once, so it is read at once.
   * @param {string} url
   * @param {"classic" | "module"} type
   */
  const wrapped = (url, type) => {
    const request = new XMLHttpRequest();
    request.open("GET", url, false);
    request.overrideMimeType("text/plain"); // a blob without a type: Firefox would take it for XML, and complain
    try {
      request.send();
    } catch {
      return url; // the browser will say so
    }
    const line = prologue(request.responseText, { front, mount, type });
    const blob = new Blob([line, request.responseText], { type: "text/javascript" });
    const own = URL.createObjectURL(blob);
    setTimeout(() => URL.revokeObjectURL(own), FETCHED);
    return own;
  };

  for (const name of /** @type {const} */ (["Worker", "SharedWorker"])) {
    const Native = globalThis[name];
    if (!Native) continue; // a worker has no SharedWorker
    const Wrapper = new Proxy(Native, {
      construct(target, [url, options, ...rest], newTarget) {
        if (url === undefined) return Reflect.construct(target, [], newTarget);
        const type = options?.type === "module" ? "module" : "classic";
        return Reflect.construct(target, [scriptURL(url, type), options, ...rest], newTarget);
      },
    });
    Native.prototype.constructor = Wrapper;
    /** @type {any} */ (globalThis)[name] = Wrapper;
  }
}
