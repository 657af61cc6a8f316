// @ts-check
/**
 * Keeps what the garbage collector tells out of synchronous requests.
 *
 * WebKit calls back during such a request, when Python is reading a file and has given its global lock away;
 * Pyodide's own callback, which gives objects back to Python, then takes the interpreter for broken
 * (`NoGilError`). To be imported before Pyodide.
 */

let isAsking = false;
/** @type {(() => void)[]} */ let held = [];

/** @extends {FinalizationRegistry<unknown>} */
class UndisturbingRegistry extends FinalizationRegistry {
  /** @param {(value: unknown) => void} callback */
  constructor(callback) {
    super((value) => {
      if (isAsking) held.push(() => callback(value));
      else callback(value);
    });
  }
}

/** @type {any} */ (globalThis).FinalizationRegistry = UndisturbingRegistry;

/**
 * @template T
 * @param {() => T} ask a synchronous request
 * @returns {T}
 */
export function undisturbed(ask) {
  isAsking = true;
  try {
    return ask();
  } finally {
    isAsking = false;
    if (held.length) setTimeout(tell); // when no Python is on the stack
  }
}

function tell() {
  const callbacks = held;
  held = [];
  for (const callback of callbacks) callback();
}
