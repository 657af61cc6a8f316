// @ts-check
/**
 * The dedicated worker that an app runs in: Pyodide, the environment's packages and our ASGI server
 * (asgi_docs/runtime). It ends by being terminated; an endless loop in the app's code ends with it.
 *
 * @import { ClientMount, HostMessage, PythonMessage, StartStage } from "./types.d.ts"
 */

import { AppMount } from "./app-mount.js";
import { AppRequests } from "./app-requests.js";
import { startPython } from "./environment.js";
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
let isLoaded = false;
let isStarted = false;
let hasWritten = false;
/** @type {StartStage} */ let stage = "download";
/** @type {Promise<boolean>} whether there is an interpreter for an app */ let prepared;
let isWatched = false;
const wire = new WireBuffer((events) => self.postMessage({ type: "wire", events }));
const output = new OutputBuffer((stream, text) => self.postMessage({ type: "output", stream, text }));
const forClients = {
  get bridge() {
    return bridge;
  },
  post,
  crash,
  answered() {
    if (!hasWritten) setTimeout(tellWritten); // once Python is through with the answer
  },
};
const requests = new AppRequests(forClients);
/** By the numbers of their clients. */
/** @type {Map<number, AppMount>} */ const mounts = new Map();

self.onmessage = async (event) => {
  /** @type {HostMessage} */
  const message = event.data;
  if (message.type === "prepare") prepared = attempt(() => prepare(message));
  else if (message.type === "start") (await prepared) && (await attempt(() => start(message)));
  else if (message.type === "keep") await keep();
  else if (message.type === "join") (await prepared) && join(message);
  else if (message.type === "leave") (await prepared) && leave(message.client);
  else if (message.type === "connect") mounts.get(message.client)?.connect(event.ports[0], message.asker);
  else if (message.type === "routes") event.ports[0].postMessage(bridge.routes());
  else if (message.type === "socket") mounts.get(1)?.sockets.connect(message, event.ports[0]);
  else if (message.type === "watch") watch();
  else if (message.type === "cookies") mounts.get(message.client)?.cookies.write(message);
  else if (message.type === "forget") mounts.get(message.client)?.cookies.forget(message.cookie);
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
async function start({ settings, clients, kept }) {
  for (const client of clients) join(client);
  const settingsText = JSON.stringify(settings);
  if (!bridge.fits(settingsText)) throw new Error("another app's imports are in the way");
  if (isWatched) watch();
  enter("import");
  fail(await bridge.load(settingsText, clients[0].mount, kept));
  isLoaded = true;
  enter("startup");
  fail(await bridge.startup());
  isStarted = true;
  for (const mount of mounts.values()) mount.sockets.open();
  post({ type: "started" });
}

/** @param {ClientMount} client */
function join(client) {
  const mount = new AppMount(client, forClients, requests);
  mounts.set(client.client, mount);
  if (isStarted) mount.sockets.open();
}

/** @param {number} client */
function leave(client) {
  mounts.get(client)?.end();
  mounts.delete(client);
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
  for (const mount of mounts.values()) mount.close();
  const failure = await bridge?.shutdown();
  requests.cutAll();
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
