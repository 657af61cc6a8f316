// @ts-check
/**
 * What has changed from one state of an app's files to another.
 *
 * @import { Line } from "./diff.js"
 *
 * @typedef {object} FileChange
 * @property {string} path
 * @property {"new" | "gone" | "changed"} kind
 * @property {Line[][]} hunks none for a file that is no text
 *
 * @typedef {object} AppFiles
 * @property {Record<string, string>} files
 * @property {Record<string, string>} [binary] encoded
 */

import { compare, hunks } from "./diff.js";

/**
 * By file, in the order of the later state; files that are gone come last.
 * @param {AppFiles} before
 * @param {AppFiles} after
 * @returns {FileChange[]}
 */
export function changedFiles(before, after) {
  const [one, other] = [all(before), all(after)];
  return Object.keys({ ...other, ...one })
    .filter((path) => one[path] !== other[path])
    .map((path) => ({
      path,
      kind: !(path in one) ? "new" : path in other ? "changed" : "gone",
      hunks: hunks(compare(before.files[path] ?? "", after.files[path] ?? "")),
    }));
}

/** @param {AppFiles} app */
function all({ files, binary }) {
  return { ...binary, ...files };
}

/**
 * How many lines have a sign.
 * @param {FileChange} change
 * @param {Line["sign"]} sign
 */
export function count({ hunks }, sign) {
  return hunks.flat().filter((line) => line.sign === sign).length;
}

/**
 * As `diff -u` writes it, for `patch` and for people.
 * @param {FileChange[]} changes
 */
export function unified(changes) {
  return changes
    .filter(({ hunks }) => hunks.length)
    .flatMap(({ path, kind, hunks }) => [
      `--- ${kind === "new" ? "/dev/null" : `a/${path}`}`,
      `+++ ${kind === "gone" ? "/dev/null" : `b/${path}`}`,
      ...hunks.flatMap((lines) => [
        `@@ -${range(lines, "before", "+")} +${range(lines, "after", "-")} @@`,
        ...lines.map(({ sign, text }) => `${sign}${text}`),
      ]),
    ])
    .map((line) => `${line}\n`)
    .join("");
}

/**
 * @param {Line[]} lines of a hunk
 * @param {"before" | "after"} side
 * @param {Line["sign"]} others the sign of those that the side has not
 */
function range(lines, side, others) {
  const own = lines.filter(({ sign }) => sign !== others);
  return `${(own[0] ?? lines[0])[side]},${own.length}`;
}
