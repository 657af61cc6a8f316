// @ts-check
/** Event handler attributes (`onmessage` and the like) for a class of ours. */

{
  /** @typedef {{ handler: any, listener: (event: Event) => void }} Entry */
  /** @type {WeakMap<EventTarget, Map<string, Entry>>} */
  const handlers = new WeakMap();

  /**
   * https://html.spec.whatwg.org/#event-handler-attributes: a handler keeps the place among the listeners
   * that its first value got.
   * @param {EventTarget} target
   * @param {string} type
   * @param {unknown} handler
   */
  const setHandler = (target, type, handler) => {
    const known = handlers.get(target) ?? new Map();
    handlers.set(target, known);
    const entry = known.get(type);
    if (handler === null || (typeof handler !== "function" && typeof handler !== "object")) {
      if (entry) target.removeEventListener(type, entry.listener);
      known.delete(type);
    } else if (entry) {
      entry.handler = handler;
    } else {
      /** @type {Entry} */
      const added = {
        handler,
        listener: (event) => {
          if (typeof added.handler === "function") added.handler.call(target, event);
        },
      };
      known.set(type, added);
      target.addEventListener(type, added.listener);
    }
  };

  /**
   * @param {EventTarget} prototype
   * @param {string[]} types
   */
  globalThis.asgiDocsFrame.defineHandlers = (prototype, types) => {
    for (const type of types) {
      Object.defineProperty(prototype, `on${type}`, {
        configurable: true,
        enumerable: true,
        get() {
          return handlers.get(this)?.get(type)?.handler ?? null;
        },
        set(handler) {
          setHandler(this, type, handler);
        },
      });
    }
  };
}
