// @ts-check
/**
 * Which lines of a block's code are new since the step before, also where the reader has edited it.
 *
 * @import { BlockData } from "../types.d.ts"
 */

import { compare, newLines } from "./diff.js";
import { stepBefore, withEntry } from "./step-before.js";

/**
 * @param {HTMLElement} block
 * @param {BlockData} data
 * @returns {(file: string, text: string) => number[]} numbers of lines, of a file as it is now
 */
export function newLinesSince(block, data) {
  const before = stepBefore(block, data);
  if (!before) return () => [];
  const entry = withEntry(data).entry;
  const entryBefore = withEntry(before).entry;
  return (file, text) => {
    const earlier = before.files[file] ?? (file === entry ? before.files[entryBefore] : undefined);
    const original = data.files[file];
    if (earlier === undefined || original === undefined) return []; // all of it is new
    const added = new Set(newLines(earlier, original));
    return compare(original, text).flatMap((line) =>
      line.sign === " " && added.has(line.before) ? [line.after] : [],
    );
  };
}
