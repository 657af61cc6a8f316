// @ts-check
/**
 * The dedicated worker that an app runs in: Pyodide, the environment's packages and our ASGI server
 * (asgi_docs/runtime). It ends by being terminated; an endless loop in the app's code ends with it.
 *
 * @import { AppMessage, Client, ClientMessage, HeaderPair, HostMessage, PythonMessage, StartStage } from "./types.d.ts"
 */

import { CookieJar } from "./cookie-jar.js";
import { startPython } from "./environment.js";
import { OutputBuffer } from "./output-buffer.js";

/** @type {any} the `Bridge` of asgi_docs/runtime/bridge.py */
let bridge;
let jar = new CookieJar();
/** @type {URL} */ let mount;
let ports = 0;
/** @type {Map<Client, { port: MessagePort, prefix: string }>} */ const clients = new Map();
/** @type {StartStage} */ let stage = "download";
/** Requests without an answer yet, by key. */
const waiting = new Set();
const output = new OutputBuffer((stream, text) => self.postMessage({ type: "output", stream, text }));

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
    const python = await startPython(new URL(environment), {
      onDownload: (loaded, total) => post({ type: "progress", stage, loaded, total }),
      onDownloaded: () => enter("interpreter"),
      onOutput: (stream, text) => output.write(stream, text),
    });
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

/** @param {StartStage} next */
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
  output.flush(); // in the order in which things happened
  self.postMessage(message);
}

/**
 * @param {string} key of a request
 * @param {boolean} isWaiting
 */
function setWaiting(key, isWaiting) {
  if (isWaiting) waiting.add(key);
  else if (!waiting.delete(key)) return;
  post({ type: "waiting", requests: waiting.size });
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
        setWaiting(key, false);
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
      setWaiting(key, false);
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
    fail(reason) {
      setWaiting(key, false);
      reply({ type: "http.response.error", id, message: reason });
    },
    /** @param {number} bytes */
    consumed: (bytes) => bytes > 0 && reply({ type: "http.request.credit", id, bytes }),
  };
  setWaiting(key, true);
  try {
    bridge.request(
      key,
      method,
      path,
      headerText(withCookies(headers, pathname)),
      bytesOf(body),
      more,
      responder,
    );
  } catch (error) {
    responder.fail(String(error));
    // Python's own exceptions end in Python; this is the interpreter's end (memory, stack).
    post({ type: "crashed", message: String(error) });
  }
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
