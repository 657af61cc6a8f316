// @ts-check
/**
 * The blocks of a page whose apps run: no more than so many at a time, as each has an interpreter, and
 * none for ever of which nobody sees or asks anything.
 *
 * @typedef {object} RunningBlock
 * @property {(reason: string) => Promise<void>} park ends the app to free its memory, and tells the reader
 */

import { texts } from "./texts.js";

/** Interpreters that run apps at the same time; each takes some 60 to 150 MB. */
const LIMIT = 6;
/** Milliseconds for which an app may be out of sight, and unused. */
const UNSEEN_LIMIT = 60 * 60_000;
/** Milliseconds between two looks at that. */
const INTERVAL = 60_000;

/** @template {RunningBlock} B */
export class RunningBlocks {
  #limit;
  #now;
  #isHidden;
  #timer = 0;
  /** @type {Map<B, { inView: boolean, used: number }>} */ #blocks = new Map();

  /**
   * @param {object} [options]
   * @param {number} [options.limit]
   * @param {() => number} [options.now]
   * @param {() => boolean} [options.isHidden] whether the whole page is out of sight
   */
  constructor({ limit = LIMIT, now = () => performance.now(), isHidden = () => document.hidden } = {}) {
    this.#limit = limit;
    this.#now = now;
    this.#isHidden = isHidden;
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
      parked.push(longest.park(texts.parked.room(this.#limit)));
    }
    this.#blocks.set(block, { inView: true, used: this.#now() });
    this.#timer ||= setInterval(() => this.#parkUnseen(), INTERVAL);
    await Promise.all(parked);
  }

  /** @param {B} block whose app has ended */
  delete(block) {
    this.#blocks.delete(block);
    if (this.#blocks.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = 0;
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

  #parkUnseen() {
    const now = this.#now();
    for (const [block, state] of [...this.#blocks])
      if (state.inView && !this.#isHidden()) state.used = now;
      else if (now - state.used >= UNSEEN_LIMIT) block.park(texts.parked.unseen(UNSEEN_LIMIT / 60_000));
  }

  /** Those in view come last. */
  #longestUnused() {
    const [[longest]] = [...this.#blocks].sort(
      ([, one], [, other]) => Number(one.inView) - Number(other.inView) || one.used - other.used,
    );
    return longest;
  }
}
