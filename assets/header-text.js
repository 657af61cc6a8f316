// @ts-check
/**
 * Header pairs as one text, which crosses to Python at once instead of pair by pair.
 *
 * @import { HeaderPair } from "./types.d.ts"
 */

/** @param {HeaderPair[]} pairs */
export function headerText(pairs) {
  return pairs.map(([name, value]) => `${name}:${value}`).join("\n");
}

/**
 * @param {string} text
 * @returns {HeaderPair[]}
 */
export function headerPairs(text) {
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1)];
    });
}
