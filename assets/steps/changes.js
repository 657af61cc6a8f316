// @ts-check
/**
 * What has changed from one state of an app's files to another.
 *
 * @import { Line } from "./diff.js"
 *
 * @typedef {object} FileChange
 * @property {string} path
 * @property {string} before the path that it had
 * @property {"new" | "gone" | "changed"} kind
 * @property {Line[][]} hunks none for a file that is no text
 *
 * @typedef {object} AppFiles
 * @property {Record<string, string>} files
 * @property {Record<string, string>} [binary] encoded
 * @property {string} [entry] the file that has the application
 */

import { compare, hunks } from "./diff.js";

/**
 * By file, in the order of the later state; files that are gone come last. The file with the application may have
 * another name in the later state, as the files of a tutorial's steps do.
 * @param {AppFiles} before
 * @param {AppFiles} after
 * @returns {FileChange[]}
 */
export function changedFiles(before, after) {
  const { entry = "" } = before;
  const isRenamed = after.entry && !(entry in all(after)) && !(after.entry in all(before));
  const now = (/** @type {string} */ path) => (isRenamed && path === entry ? (after.entry ?? path) : path);
  const earlier = Object.entries(before.files).map(([path, text]) => [now(path), text]);
  /** @type {Record<string, string>} */ const texts = Object.fromEntries(earlier);
  const [one, other] = [{ ...before.binary, ...texts }, all(after)];
  return Object.keys({ ...other, ...one })
    .filter((path) => one[path] !== other[path])
    .map((path) => ({
      path,
      before: isRenamed && path === after.entry ? entry : path,
      kind: !(path in one) ? "new" : path in other ? "changed" : "gone",
      hunks: hunks(compare(texts[path] ?? "", after.files[path] ?? "")),
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
    .flatMap(({ path, before, kind, hunks }) => [
      `--- ${kind === "new" ? "/dev/null" : `a/${before}`}`,
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
