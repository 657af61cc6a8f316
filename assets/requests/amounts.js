// @ts-check
/** Durations and sizes for people to read. */

/** @param {number} duration in milliseconds */
export function milliseconds(duration) {
  return duration < 10 ? `${duration.toFixed(1)} ms` : `${Math.round(duration)} ms`;
}

/**
 * A number in groups of three digits.
 * @param {number} number
 */
export function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}
