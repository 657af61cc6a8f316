// @ts-check
/**
 * The dedicated worker that an app runs in: Pyodide, the environment's packages and our ASGI server
 * (asgi_docs/runtime). It ends by being terminated; an endless loop in the app's code ends with it.
 *
 * @import { AppMessage, Client, ClientMessage, EnvironmentManifest, HeaderPair, HostMessage, PythonMessage, SizedFile, StartStage } from "./types.d.ts"
 */

import { CookieJar } from "./cookie-jar.js";
import { texts } from "./texts.js";

/** @type {any} the `Bridge` of asgi_docs/runtime/bridge.py */
let bridge;
let jar = new CookieJar();
/** @type {URL} */ let mount;
let ports = 0;
/** @type {Map<Client, { port: MessagePort, prefix: string }>} */ const clients = new Map();
/** @type {StartStage} */ let stage = "download";

self.onmessage = async (event) => {
  /** @type {HostMessage} */
  const message = event.data;
  if (message.type === "start") await start(message);
  else if (message.type === "connect") connect(event.ports[0], message.client);
  else if (message.type === "stop") await stop();
};

/** @param {Extract<HostMessage, { type: "start" }>} options */
async function start({ environment, app, files, mount: mountURL, cookies }) {
  mount = new URL(mountURL);
  jar = new CookieJar(cookies);
  try {
    const python = await boot(new URL(environment));
    bridge = python.pyimport("asgi_docs_runtime.bridge").Bridge();
    enter("import");
    fail(await bridge.load(app, JSON.stringify(files), mountURL));
    enter("startup");
    fail(await bridge.startup());
    post({ type: "started" });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    post({ type: "failed", stage, message });
  }
}

async function stop() {
  const failure = await bridge?.shutdown();
  if (failure) post({ type: "output", stream: "stderr", text: `${failure}\n` });
  post({ type: "stopped" });
}

/**
 * @param {StartStage} next
 */
function enter(next) {
  stage = next;
  post({ type: "progress", stage });
}

/** @param {string | undefined} failure */
function fail(failure) {
  if (failure) throw new Error(failure);
}

/** @param {PythonMessage} message */
function post(message) {
  self.postMessage(message);
}

/**
 * Starts Python with the environment's packages. Downloads run side by side.
 * @param {URL} url of the environment's manifest
 */
async function boot(url) {
  // The one file that keeps its name over deploys; all that it names is content-addressed.
  /** @type {EnvironmentManifest} */
  const manifest = await (await download(url, { cache: "no-cache" })).json();
  const { pyodide, runtime, layers } = manifest;
  const files = [runtime, ...layers];
  const progress = new Progress([pyodide.wasm, pyodide.stdlib, ...files]);
  const contents = Promise.all(files.map((file) => readLayer(new URL(file.url, url), progress)));
  contents.catch(() => {}); // awaited below, after the interpreter's own start
  const python = await startInterpreter(pyodide, url, progress, contents);
  const sitePackages = `/lib/python${manifest.python.split(".", 2).join(".")}/site-packages`;
  for (const content of await contents) mountLayer(python, sitePackages, content);
  return python;
}

/**
 * @param {EnvironmentManifest["pyodide"]} pyodide
 * @param {URL} base
 * @param {Progress} progress
 * @param {Promise<unknown>} packages what else is being downloaded
 */
async function startInterpreter(pyodide, base, progress, packages) {
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
    import(new URL(pyodide.module, base).href),
    import(new URL(pyodide.asm, base).href),
  ]);
  const downloads = watchDownloads(progress, 2);
  Promise.all([downloads, packages]).then(
    () => enter("interpreter"),
    () => {},
  );
  const loading = loadPyodide({
    indexURL: new URL("./", new URL(pyodide.module, base)).href,
    stdLibURL: new URL(pyodide.stdlib.url, base).href,
    createPyodideModule,
    // The environment has its own lock; without this, Pyodide fetches that of its distribution.
    lockFileContents: { info: { abi_version: pyodide.abi }, packages: {} },
  });
  loading.catch(() => {}); // awaited below
  await Promise.all([downloads, packages]);
  const python = await loading;
  python.setStdout({ write: writer("stdout") });
  python.setStderr({ write: writer("stderr") });
  return python;
}

/**
 * Watches over what Pyodide itself downloads: its `.wasm` and the standard library. Left alone, it
 * hangs for ever when one of them is missing, or when the host serves the `.wasm` with another type
 * than `application/wasm`.
 * @param {Progress} progress
 * @param {number} count of the files
 * @returns {Promise<void>} rejects with the reader's text; resolves when all is there
 */
function watchDownloads(progress, count) {
  const { fetch } = self;
  return new Promise((resolve, reject) => {
    self.fetch = async (input, init) => {
      try {
        const response = checked(await fetch(input, init));
        const type = response.url.endsWith(".wasm") ? "application/wasm" : "application/zip";
        const body = response.body?.pipeThrough(
          progress.counter(() => {
            count -= 1;
            if (count === 0) {
              self.fetch = fetch;
              resolve();
            }
          }),
        );
        return new Response(body, { headers: { "content-type": type } });
      } catch (error) {
        reject(error);
        throw error;
      }
    };
  });
}

/**
 * Reads a layer (asgi_docs/package/layer.py): the length of its index, the index, the files.
 * @param {URL} url
 * @param {Progress} progress
 * @returns {Promise<[path: string, content: Uint8Array][]>}
 */
async function readLayer(url, progress) {
  const response = await download(url);
  const unzipped = response.body
    ?.pipeThrough(progress.counter())
    .pipeThrough(new DecompressionStream("gzip"));
  const buffer = await new Response(unzipped).arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  /** @type {[path: string, size: number][]} */
  const index = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  let offset = 4 + length;
  return index.map(([path, size]) => {
    const content = new Uint8Array(buffer, offset, size);
    offset += size;
    return [path, content];
  });
}

/**
 * @param {any} python
 * @param {string} sitePackages
 * @param {[path: string, content: Uint8Array][]} files
 */
function mountLayer(python, sitePackages, files) {
  const folders = new Set();
  for (const [path, content] of files) {
    const target = `${sitePackages}/${path}`;
    const folder = target.slice(0, target.lastIndexOf("/"));
    if (!folders.has(folder)) {
      python.FS.mkdirTree(folder);
      folders.add(folder);
    }
    python.FS.writeFile(target, content, { canOwn: true }); // no copy: the file is the buffer's part
  }
}

/**
 * @param {URL} url
 * @param {RequestInit} [init]
 */
async function download(url, init) {
  return checked(await fetch(url, init));
}

/** @param {Response} response */
function checked(response) {
  if (!response.ok) throw new Error(texts.notFound(new URL(response.url).pathname, response.status));
  return response;
}

/** Counts what has been downloaded, for the reader. */
class Progress {
  #loaded = 0;
  #total;

  /** @param {SizedFile[]} files */
  constructor(files) {
    this.#total = files.reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * @param {() => void} [onEnd]
   * @returns {TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>}
   */
  counter(onEnd) {
    return new TransformStream({
      transform: (chunk, controller) => {
        this.#loaded += chunk.byteLength;
        // A host that compresses sends fewer bytes than it unpacks; never more than all.
        const loaded = Math.min(this.#loaded, this.#total);
        post({ type: "progress", stage, loaded, total: this.#total });
        controller.enqueue(/** @type {Uint8Array<ArrayBuffer>} */ (chunk));
      },
      flush: onEnd,
    });
  }
}

/** @param {"stdout" | "stderr"} stream */
function writer(stream) {
  const decoder = new TextDecoder();
  /** @param {Uint8Array} bytes */
  return (bytes) => {
    const text = decoder.decode(bytes.slice(), { stream: true });
    if (text) post({ type: "output", stream, text });
    return bytes.length;
  };
}

/**
 * @param {MessagePort} port
 * @param {Client} client
 */
function connect(port, client) {
  const prefix = `${++ports}.`;
  // A new port of the service worker means that the browser has stopped the old one.
  const old = clients.get(client);
  if (old) {
    bridge.disconnect_all(old.prefix);
    old.port.close();
  }
  clients.set(client, { port, prefix });
  port.onmessage = (event) => {
    /** @type {ClientMessage} */
    const message = event.data;
    const key = prefix + message.id;
    switch (message.type) {
      case "http.request":
        request(message, key, port);
        break;
      case "http.request.body":
        bridge.body(key, bytesOf(message.body), message.more);
        break;
      case "http.response.credit":
        bridge.credit(key, message.bytes);
        break;
      case "http.disconnect":
        bridge.disconnect(key);
        break;
    }
  };
}

/**
 * @param {Extract<ClientMessage, { type: "http.request" }>} message
 * @param {string} key
 * @param {MessagePort} port
 */
function request({ id, method, path, headers, body, more }, key, port) {
  const began = performance.now();
  const pathname = path.split("?", 1)[0];
  /**
   * @param {AppMessage} message
   * @param {Uint8Array<ArrayBuffer> | null} [content]
   */
  const reply = (message, content) => port.postMessage(message, content ? [content.buffer] : []);
  const responder = {
    /**
     * @param {number} status
     * @param {string} headerText
     * @param {Uint8Array<ArrayBuffer> | undefined} content
     * @param {boolean} more
     */
    start(status, headerText, content, more) {
      const pairs = headerPairs(headerText);
      keepCookies(pairs, pathname);
      reply(
        { type: "http.response.start", id, status, headers: pairs, body: content ?? null, more },
        content,
      );
      post({ type: "response", method, path, status, duration: performance.now() - began });
    },
    /**
     * @param {Uint8Array<ArrayBuffer> | undefined} content
     * @param {boolean} more
     */
    body: (content, more) => reply({ type: "http.response.body", id, body: content ?? null, more }, content),
    /** @param {string} reason */
    fail: (reason) => reply({ type: "http.response.error", id, message: reason }),
    /** @param {number} bytes */
    consumed: (bytes) => bytes > 0 && reply({ type: "http.request.credit", id, bytes }),
  };
  bridge.request(
    key,
    method,
    path,
    headerText(withCookies(headers, pathname)),
    bytesOf(body),
    more,
    responder,
  );
}

/** @param {ArrayBuffer | null} buffer */
function bytesOf(buffer) {
  return buffer ? new Uint8Array(buffer) : undefined;
}

/** @param {HeaderPair[]} pairs */
function headerText(pairs) {
  return pairs.map(([name, value]) => `${name}:${value}`).join("\n");
}

/**
 * @param {string} text
 * @returns {HeaderPair[]}
 */
function headerPairs(text) {
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1)];
    });
}

/**
 * @param {HeaderPair[]} headers
 * @param {string} path
 * @returns {HeaderPair[]}
 */
function withCookies(headers, path) {
  if (headers.some(([name]) => name === "cookie")) return headers;
  const mountPath = mount.pathname.replace(/\/$/, "");
  const secure = mount.protocol === "https:" || mount.hostname === "localhost";
  const cookie = jar.header([path, mountPath + path], secure);
  return cookie ? [...headers, ["cookie", cookie]] : headers;
}

/**
 * @param {HeaderPair[]} headers
 * @param {string} path
 */
function keepCookies(headers, path) {
  const set = headers.filter(([name]) => name === "set-cookie").map(([, value]) => value);
  if (set.length === 0) return;
  jar.store(set, path);
  post({ type: "cookies", cookies: jar.cookies });
}
