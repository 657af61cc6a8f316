// @ts-check
/**
 * Makes suspended Python stacks (JSPI) safe from the garbage collector.
 *
 * Python's incremental collector walks the frames of every thread state. Those of a suspended stack
 * lie partly in memory that other stacks use meanwhile, and the interpreter dies of it. So they are
 * hidden while the stack is suspended, as Pyodide does itself in releases after 314.0.7:
 * https://github.com/pyodide/pyodide/issues/6464
 */

/** Where `current_frame` stands in a `PyThreadState` of Python 3.14, compiled to wasm32. */
const CURRENT_FRAME = 52;

/**
 * Changes what Pyodide's module imports.
 * @param {any} settings of Emscripten's module, which become the module itself
 */
export function protectSuspendedStacks(settings) {
  const { instantiateWasm } = settings;
  /** @param {{ threadState: number }} state */
  const slot = (state) => new Uint32Array(settings.HEAP8.buffer, state.threadState + CURRENT_FRAME, 1);
  /** @param {any} imports @param {any} done */
  settings.instantiateWasm = (imports, done) => {
    const { saveState, restoreState } = imports.env;
    imports.env.saveState = () => {
      const state = saveState();
      if (state === settings.error) return state; // nothing that could be suspended
      const frame = slot(state);
      state.currentFrame = frame[0];
      frame[0] = 0;
      return state;
    };
    /** @param {any} state */
    imports.env.restoreState = (state) => {
      slot(state)[0] = state.currentFrame;
      restoreState(state);
    };
    settings.suspendedStacksAreSafe = true; // asked for by asgi_docs/runtime/bridge.py
    return instantiateWasm(imports, done);
  };
  return settings;
}
