// @ts-check
/** A dedicated worker whose script is looked for in a second place when the first one has none. */
export class RetryingWorker {
  /** @type {((event: MessageEvent) => void) | null} */ onmessage = null;
  /** @type {((event: ErrorEvent) => void) | null} */ onerror = null;
  #worker;
  /** @type {unknown[] | null} messages until the first sign of life */ #unheard = [];

  /**
   * @param {URL} script
   * @param {URL} [other] the same script
   */
  constructor(script, other) {
    this.#worker = this.#open(script, other);
  }

  /**
   * @param {unknown} message
   * @param {Transferable[]} transfer nothing before the first sign of life: it could not be sent again
   */
  postMessage(message, transfer) {
    this.#unheard?.push(message);
    this.#worker.postMessage(message, transfer);
  }

  terminate() {
    this.#worker.terminate();
  }

  /**
   * @param {URL} script
   * @param {URL} [other]
   */
  #open(script, other) {
    const worker = new Worker(script, { type: "module" });
    worker.onmessage = (event) => {
      this.#unheard = null;
      this.onmessage?.(event);
    };
    worker.onerror = (event) => {
      // An error in a script has a message; that there is no script has none.
      if (!other || !this.#unheard || event.message) return this.onerror?.(event);
      event.preventDefault();
      this.#worker = this.#open(other);
      for (const message of this.#unheard) this.#worker.postMessage(message);
    };
    return worker;
  }
}
