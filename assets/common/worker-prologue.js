// @ts-check
/**
 * What is put before the script of an app's own web worker, so that its WebSockets and its URLs reach the
 * app, too. Shared by the service worker, for scripts that the app serves, and the frame client, for blob:
 * and data: URLs.
 */

{
  /**
   * In the URL of a worker's script. Nothing else tells a service worker which kind of worker asks: a module
   * worker asks for what it imports as it asks for its script.
   */
  const MARK = /[?&]asgi-docs-worker=(classic|module)$/;

  const STRICT = /^(?:\s|\uFEFF|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*(["'])use strict\1/;

  /**
   * One line without its end: the script's line numbers stay right.
   * @param {string} source at least its beginning
   * @param {{ front: string, mount: string, type: "classic" | "module" }} options `front`: absolute URL of our front end's folder
   */
  const prologue = (source, { front, mount, type }) => {
    if (type === "module") {
      const client = `${front}worker-module-client.js?${new URLSearchParams({ mount })}`;
      return `import ${JSON.stringify(client)};`;
    }
    // A directive counts only at the beginning.
    const directive = STRICT.test(source) ? '"use strict";' : "";
    const client = JSON.stringify(`${front}worker-client.js`);
    return `${directive}self.asgiDocsWorker=${JSON.stringify({ front, mount })};importScripts(${client});`;
  };

  /**
   * @param {string} url
   * @param {"classic" | "module"} type
   */
  const marked = (url, type) => {
    const [address, ...fragment] = url.split("#");
    const query = `${address.includes("?") ? "&" : "?"}asgi-docs-worker=${type}`;
    return [address + query, ...fragment].join("#");
  };

  /**
   * The path that the app is asked for, and which kind of worker asks, if any.
   * @param {string} path
   */
  const unmarked = (path) => {
    const type = /** @type {"classic" | "module" | undefined} */ (MARK.exec(path)?.[1]);
    return { path: path.replace(MARK, ""), type };
  };

  Object.defineProperty(globalThis, "asgiDocsWorkers", { value: { prologue, marked, unmarked } });
}
