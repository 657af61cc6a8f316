// @ts-check
/** Sentences that only readers see whose apps run: loaded then, unlike texts.js. */

export const texts = {
  parked: {
    /** @param {number} limit */
    room: (limit) =>
      `Stopped to make room: a page runs ${limit} apps at a time, and this one was unused longest. Run starts it again.`,
    /** @param {number} minutes */
    unseen: (minutes) =>
      `Stopped to free memory: for ${minutes} minutes nobody has seen or used it. Run starts it again.`,
  },
};
