// @ts-check
/**
 * Ends what takes too long. Only time counts in which its end would have been heard of: a worker in which
 * Python starts hears of nothing meanwhile, and what has arrived long ago is no late answer.
 */

/** Milliseconds. */
const TICK = 100;

export class Patience {
  #controller = new AbortController();
  #timer;

  /** @param {number} limit milliseconds */
  constructor(limit) {
    let left = limit;
    this.#timer = setInterval(() => {
      left -= TICK; // one tick, however long it took
      if (left > 0) return;
      this.end();
      this.#controller.abort(new DOMException("no answer", "TimeoutError"));
    }, TICK);
  }

  get signal() {
    return this.#controller.signal;
  }

  /** Waits no longer, and ends nothing. */
  end() {
    clearInterval(this.#timer);
  }
}
