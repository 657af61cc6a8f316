// @ts-check
/**
 * The dedicated worker that writes a snapshot: of an interpreter of its own, in which no app runs.
 *
 * @import { AppSettings } from "./types.d.ts"
 */

import { startWritablePython } from "./environment.js";
import { outgoing } from "./outgoing.js";
import { describe } from "./snapshot.js";
import { StoredSnapshot } from "./stored-snapshot.js";

/** @param {MessageEvent<{ environment: string, like: AppSettings }>} event */
self.onmessage = async ({ data: { environment, like } }) => {
  await write(environment, like).catch((error) => console.debug(error)); // starts do without
  self.postMessage("done");
};

/**
 * @param {string} environment URL of its manifest
 * @param {AppSettings} like an app that has been started before
 */
async function write(environment, like) {
  const stored = new StoredSnapshot(environment, like);
  const writable = await startWritablePython(new URL(environment), (stamp) => stored.isWanted(stamp));
  if (!writable) return;
  const { python, stamp, functions, extensions } = writable;
  try {
    const bridge = python.pyimport("asgi_docs_runtime.bridge").Bridge(outgoing);
    const imported = JSON.parse(await bridge.freeze(JSON.stringify(like)));
    bridge.destroy();
    await settled();
    const snapshot = describe(python, functions, extensions, outgoing);
    await stored.keep({ stamp, imported, snapshot }, python._module.HEAPU8);
  } catch (error) {
    await stored.refuse(stamp); // it would be the same the next time
    throw error;
  }
}

/** What Python's event loop still had to do is done. */
function settled() {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
