// @ts-check
/**
 * The blocks of a page whose apps run: no more than so many at a time, as each has an interpreter.
 *
 * @typedef {object} RunningBlock
 * @property {() => Promise<void>} park ends the app to make room for another one
 */

/** Interpreters that run apps at the same time; each takes some 60 to 150 MB. */
export const LIMIT = 6;

/** @template {RunningBlock} B */
export class RunningBlocks {
  #limit;
  #now;
  /** @type {Map<B, { inView: boolean, used: number }>} */ #blocks = new Map();

  /**
   * @param {object} [options]
   * @param {number} [options.limit]
   * @param {() => number} [options.now]
   */
  constructor({ limit = LIMIT, now = () => performance.now() } = {}) {
    this.#limit = limit;
    this.#now = now;
  }

  /**
   * Makes room for a block's app, if need be; resolves when there is.
   * @param {B} block
   */
  async add(block) {
    this.#blocks.delete(block);
    /** @type {Promise<void>[]} */
    const parked = [];
    while (this.#blocks.size >= this.#limit) {
      const longest = this.#longestUnused();
      this.#blocks.delete(longest);
      parked.push(longest.park());
    }
    this.#blocks.set(block, { inView: true, used: this.#now() });
    await Promise.all(parked);
  }

  /** @param {B} block whose app has ended */
  delete(block) {
    this.#blocks.delete(block);
  }

  /** @param {B} block whose app answers, or whose reader does something with it */
  use(block) {
    const state = this.#blocks.get(block);
    if (state) state.used = this.#now();
  }

  /**
   * @param {B} block
   * @param {boolean} inView
   */
  see(block, inView) {
    const state = this.#blocks.get(block);
    if (!state) return;
    state.inView = inView;
    state.used = this.#now(); // also when it leaves: it was seen until now
  }

  /** Those in view come last. */
  #longestUnused() {
    const [[longest]] = [...this.#blocks].sort(
      ([, one], [, other]) => Number(one.inView) - Number(other.inView) || one.used - other.used,
    );
    return longest;
  }
}
