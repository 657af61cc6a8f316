// @ts-check
/**
 * The dedicated worker that an app runs in: Pyodide, the environment's packages and our ASGI server
 * (asgi_docs/runtime). It ends by being terminated; an endless loop in the app's code ends with it.
 *
 * @import { AppMessage, Client, ClientMessage, HeaderPair, HostMessage, PythonMessage, StartStage } from "./types.d.ts"
 */

import { AnswerReport } from "./answer-report.js";
import { AppCookies } from "./app-cookies.js";
import { AppSockets } from "./app-sockets.js";
import { startPython } from "./environment.js";
import { headerPairs, headerText } from "./header-text.js";
import { keepScripts } from "./kept-scripts.js";
import { translate } from "./languages.js";
import { OutputBuffer } from "./output-buffer.js";
import { store } from "./store.js";
import { StoredSnapshot } from "./stored-snapshot.js";
import { texts } from "./texts.js";
import { WireBuffer } from "./wire-buffer.js";

/** @type {any} the `Bridge` of asgi_docs/runtime/bridge.py */
let bridge;
/** @type {() => Promise<void>} */ let onCrash;
/** @type {string[]} URLs of Pyodide's, if they are the site's */ let scripts;
/** @type {AppCookies} */ let appCookies;
let ports = 0;
let isLoaded = false;
let hasWritten = false;
/** @type {Map<Client, { port: MessagePort, prefix: string }>} */ const clients = new Map();
/** @type {AppSockets | undefined} */ let sockets;
/** @type {StartStage} */ let stage = "download";
/** @type {Promise<boolean>} whether there is an interpreter for an app */ let prepared;
/** When each request without an answer yet began, by key. */
/** @type {Map<string, number>} */ const waiting = new Map();
/** @type {Map<string, AnswerReport>} of requests that are under way */ const reports = new Map();
let isWatched = false;
const wire = new WireBuffer((events) => self.postMessage({ type: "wire", events }));
const output = new OutputBuffer((stream, text) => self.postMessage({ type: "output", stream, text }));

self.onmessage = async (event) => {
  /** @type {HostMessage} */
  const message = event.data;
  if (message.type === "prepare") prepared = attempt(() => prepare(message));
  else if (message.type === "start") (await prepared) && (await attempt(() => start(message)));
  else if (message.type === "keep") await keep();
  else if (message.type === "connect") connect(event.ports[0], message.client);
  else if (message.type === "routes") event.ports[0].postMessage(bridge.routes());
  else if (message.type === "socket") sockets?.connect(message, event.ports[0]);
  else if (message.type === "watch") watch();
  else if (message.type === "cookies") appCookies?.write(message);
  else if (message.type === "forget") appCookies?.forget(message.cookie);
  else if (message.type === "stop") await stop();
};

/**
 * All that a start takes and that does not depend on the app.
 * @param {Extract<HostMessage, { type: "prepare" }>} options
 */
async function prepare({ environment, app, isAhead, language }) {
  translate(texts, "page", language);
  const watcher = {
    onDownload: (/** @type {number} */ loaded, /** @type {number} */ total) =>
      enter("download", { loaded, total }),
    onDownloaded: () => enter("interpreter"),
    onOutput: (/** @type {"stdout" | "stderr"} */ stream, /** @type {string} */ text) =>
      output.write(stream, text),
  };
  const started = startPython(new URL(environment), watcher, new StoredSnapshot(environment, app));
  const python = await started.catch(async (error) => {
    await store.forget();
    throw error;
  });
  ({ bridge, onCrash, scripts } = python);
  if (isAhead) await bridge.import_ahead(JSON.stringify(app));
  post({ type: "prepared", isRestored: python.isRestored });
}

/** @param {Extract<HostMessage, { type: "start" }>} options */
async function start({ settings, mount: mountURL, cookies, kept }) {
  appCookies = new AppCookies(new URL(mountURL), cookies, (cookies) => post({ type: "cookies", cookies }));
  sockets = appSockets(mountURL);
  const settingsText = JSON.stringify(settings);
  if (!bridge.fits(settingsText)) throw new Error("another app's imports are in the way");
  if (isWatched) watch();
  enter("import");
  fail(await bridge.load(settingsText, mountURL, kept));
  isLoaded = true;
  enter("startup");
  fail(await bridge.startup());
  sockets.open();
  post({ type: "started" });
}

/** Tells the page what passes between server and app, from now on. */
function watch() {
  isWatched = true; // there may be no Python yet
  bridge?.watch((/** @type {string} */ event) => wire.add(event));
}

/**
 * Tells the page when something fails; returns whether nothing did.
 * @param {() => Promise<void>} steps
 */
async function attempt(steps) {
  try {
    await steps();
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    post({ type: "failed", stage, message });
    return false;
  }
}

async function keep() {
  await store.keep();
  await keepScripts(store, [import.meta.url, ...scripts]).catch(() => {}); // the network has failed, say
}

async function stop() {
  sockets?.close();
  appCookies?.close();
  const failure = await bridge?.shutdown();
  for (const key of [...reports.keys()]) cutReport(key);
  if (failure) post({ type: "output", stream: "stderr", text: `${failure}\n` });
  // What an app has left that has never run says nothing.
  post({ type: "stopped", written: isLoaded ? (bridge.written() ?? null) : undefined });
}

/** Whether the app has files that a reader may want to keep. */
function tellWritten() {
  if (hasWritten || !bridge.has_written()) return;
  hasWritten = true;
  post({ type: "written" });
}

/**
 * @param {StartStage} next
 * @param {{ loaded: number, total: number }} [amount] in bytes
 */
function enter(next, amount) {
  stage = next;
  post({ type: "progress", stage, ...amount });
}

/** @param {string | undefined} failure */
function fail(failure) {
  if (failure) throw new Error(failure);
}

/** @param {PythonMessage} message */
function post(message) {
  output.flush(); // in the order in which things happened
  wire.flush();
  self.postMessage(message);
}

/**
 * Python's own exceptions end in Python; this is the interpreter's end (memory, stack).
 * @param {unknown} error
 */
async function crash(error) {
  await onCrash(); // the page ends this worker when it hears of it
  post({ type: "crashed", message: String(error) });
}

/**
 * @param {string} key of a request
 * @param {boolean} isWaiting
 */
function setWaiting(key, isWaiting) {
  if (isWaiting) waiting.set(key, performance.now());
  else if (!waiting.delete(key)) return;
  const [oldest] = waiting.values();
  post({ type: "waiting", age: oldest === undefined ? null : performance.now() - oldest });
}

/**
 * @param {MessagePort} port
 * @param {Client} client
 */
function connect(port, client) {
  const prefix = `${++ports}.`;
  // A new port of the service worker means that the browser has stopped the old one.
  const old = clients.get(client);
  if (old) disconnect(old);
  clients.set(client, { port, prefix });
  // Chromium tells it at once.
  port.addEventListener("close", () => disconnect({ port, prefix }));
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
        cutReport(key);
        break;
    }
  };
}

/**
 * Ends all that a client had under way.
 * @param {{ port: MessagePort, prefix: string }} client
 */
function disconnect({ port, prefix }) {
  bridge.disconnect_all(prefix);
  for (const key of [...waiting.keys()]) if (key.startsWith(prefix)) setWaiting(key, false);
  for (const key of [...reports.keys()]) if (key.startsWith(prefix)) cutReport(key);
  port.close();
}

/**
 * @param {Extract<ClientMessage, { type: "http.request" }>} message
 * @param {string} key
 * @param {MessagePort} port
 */
function request({ id, method, path, headers, body, more }, key, port) {
  const exchange = appCookies.exchange(headers, path);
  const report = new AnswerReport(post, { key, method, path });
  reports.set(key, report);
  /**
   * @param {AppMessage} message
   * @param {Uint8Array<ArrayBuffer> | null} [content]
   */
  const reply = (message, content) => port.postMessage(message, content ? [content.buffer] : []);
  const responder = {
    /**
     * @param {number} status
     * @param {string} reason
     * @param {string} headerText
     * @param {Uint8Array<ArrayBuffer> | undefined} content
     * @param {boolean} more
     */
    start(status, reason, headerText, content, more) {
      setWaiting(key, false);
      const pairs = exchange.answer(headerPairs(headerText));
      report.start({ status, reason, headers: pairs }, content, more);
      if (!more) reports.delete(key);
      reply(
        { type: "http.response.start", id, status, reason, headers: pairs, body: content ?? null, more },
        content,
      );
      if (!hasWritten) setTimeout(tellWritten); // once Python is through with the answer
    },
    /**
     * @param {Uint8Array<ArrayBuffer> | undefined} content
     * @param {boolean} more
     */
    body(content, more) {
      report.body(content, more);
      if (!more) reports.delete(key);
      reply({ type: "http.response.body", id, body: content ?? null, more }, content);
    },
    /** @param {string} reason */
    fail(reason) {
      setWaiting(key, false);
      cutReport(key);
      reply({ type: "http.response.error", id, message: reason });
    },
    /** @param {number} bytes */
    consumed: (bytes) => bytes > 0 && reply({ type: "http.request.credit", id, bytes }),
  };
  setWaiting(key, true);
  try {
    bridge.request(key, method, path, headerText(exchange.headers), bytesOf(body), more, responder);
  } catch (error) {
    responder.fail(String(error));
    crash(error);
  }
}

/** @param {string} key of a request whose answer will not be whole */
function cutReport(key) {
  reports.get(key)?.cut();
  reports.delete(key);
}

/**
 * The app's WebSockets: their handshakes are requests like others.
 * @param {string} mount
 */
function appSockets(mount) {
  return new AppSockets(new URL(mount).pathname.replace(/\/$/, ""), {
    exchange: (headers, path) => appCookies.exchange(headers, path),
    connect(key, path, headers, responder) {
      try {
        bridge.socket(key, path, headerText(headers), responder);
      } catch (error) {
        responder.refuse(500, "");
        crash(error);
      }
    },
    answered(answer) {
      const size = answer.status === 101 ? null : 0;
      post({ type: "response", method: "GET", size, ...answer });
    },
    message: (key, data, size) => bridge.socket_message(key, data, size),
    credit: (key, size) => bridge.socket_credit(key, size),
    close: (key, code, reason) => bridge.socket_close(key, code, reason),
    disconnect: (key, code) => bridge.socket_disconnect(key, code),
  });
}

/** @param {ArrayBuffer | null} buffer */
function bytesOf(buffer) {
  return buffer ? new Uint8Array(buffer) : undefined;
}
