// @ts-check
/**
 * What has changed from one text to another, by lines.
 *
 * @typedef {object} Line
 * @property {" " | "-" | "+"} sign
 * @property {string} text
 * @property {number} before its number in the one text; where it was added, that of the line before
 * @property {number} after its number in the other one; likewise
 */

/** Lines around a change that show where it is. */
const CONTEXT = 3;
/** Changes above which two texts are taken to have nothing in common. */
const MOST = 2_000;

/**
 * All lines of both texts, in their order.
 * @param {string} before
 * @param {string} after
 * @returns {Line[]}
 */
export function compare(before, after) {
  const [one, other] = [linesOf(before), linesOf(after)];
  const shorter = Math.min(one.length, other.length);
  let head = 0;
  while (head < shorter && one[head] === other[head]) head++;
  let tail = 0;
  while (tail < shorter - head && one.at(-1 - tail) === other.at(-1 - tail)) tail++;
  const inner = signs(one.slice(head, one.length - tail), other.slice(head, other.length - tail));
  return numbered(" ".repeat(head) + inner + " ".repeat(tail), one, other);
}

/**
 * The changes with some lines around, those that are near each other together.
 * @param {Line[]} lines
 * @returns {Line[][]}
 */
export function hunks(lines) {
  /** @type {Line[][]} */ const found = [];
  let end = 0;
  for (const [at, { sign }] of lines.entries()) {
    if (sign === " ") continue;
    const start = Math.max(at - CONTEXT, 0);
    const next = Math.min(at + CONTEXT + 1, lines.length);
    if (found.length && start <= end) found[found.length - 1].push(...lines.slice(end, next));
    else found.push(lines.slice(start, next));
    end = next;
  }
  return found;
}

/**
 * The new lines of the other text, by their numbers.
 * @param {string} before
 * @param {string} after
 */
export function newLines(before, after) {
  return compare(before, after).flatMap((line) => (line.sign === "+" ? [line.after] : []));
}

/** @param {string} text */
function linesOf(text) {
  const lines = text.split(/\r\n?|\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/**
 * One sign for each line. By E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986): paths of ever more
 * changes, each as far as it goes, until one has come to both ends.
 * @param {string[]} one
 * @param {string[]} other
 */
function signs(one, other) {
  const reached = new Map([[1, 0]]);
  /** @type {Map<number, number>[]} */ const earlier = [];
  for (let changes = 0; changes <= Math.min(one.length + other.length, MOST); changes++) {
    earlier.push(new Map(reached));
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let at = start(reached, diagonal, changes);
      while (at < one.length && at - diagonal < other.length && one[at] === other[at - diagonal]) at++;
      reached.set(diagonal, at);
      if (at >= one.length && at - diagonal >= other.length) return path(earlier, one.length, other.length);
    }
  }
  return "-".repeat(one.length) + "+".repeat(other.length);
}

/**
 * Where a path on a diagonal goes on, with one change more: a line added, or one removed.
 * @param {Map<number, number>} reached
 * @param {number} diagonal
 * @param {number} changes
 */
function start(reached, diagonal, changes) {
  return isAdded(reached, diagonal, changes)
    ? (reached.get(diagonal + 1) ?? 0)
    : (reached.get(diagonal - 1) ?? 0) + 1;
}

/**
 * @param {Map<number, number>} reached
 * @param {number} diagonal
 * @param {number} changes
 */
function isAdded(reached, diagonal, changes) {
  if (diagonal === -changes || diagonal === changes) return diagonal === -changes;
  return (reached.get(diagonal - 1) ?? 0) < (reached.get(diagonal + 1) ?? 0);
}

/**
 * @param {Map<number, number>[]} earlier what was reached before each number of changes
 * @param {number} at the end of the one text
 * @param {number} to the end of the other one
 */
function path(earlier, at, to) {
  let signs = "";
  for (let changes = earlier.length - 1; changes > 0; changes--) {
    const diagonal = at - to;
    const begin = start(earlier[changes], diagonal, changes);
    const isNew = isAdded(earlier[changes], diagonal, changes);
    signs = (isNew ? "+" : "-") + " ".repeat(at - begin) + signs;
    at = isNew ? begin : begin - 1;
    to = begin - diagonal - (isNew ? 1 : 0);
  }
  return " ".repeat(at) + signs;
}

/**
 * @param {string} signs
 * @param {string[]} one
 * @param {string[]} other
 */
function numbered(signs, one, other) {
  let [before, after] = [0, 0];
  return [...signs].map((sign) => {
    if (sign !== "+") before++;
    if (sign !== "-") after++;
    const text = sign === "+" ? other[after - 1] : one[before - 1];
    return /** @type {Line} */ ({ sign, text, before, after });
  });
}
