// @ts-check
/**
 * Which of an app's routes a reader may mean.
 *
 * @import { AppRoute } from "../types.d.ts"
 */

/** One parameter of a path that has no value yet; what refers to an answer has two braces. */
const PARAMETER = /(?<!\{)\{[^{}]+\}(?!\})/;

/**
 * @param {AppRoute[]} routes
 * @param {string} typed
 */
export function matching(routes, typed) {
  if (/[?#]/.test(typed)) return []; // the path is done
  const wanted = typed.trim().toLowerCase();
  return routes.filter(({ path, summary }) => {
    const known = path.toLowerCase();
    return known.includes(wanted) || fits(known, wanted) || summary.toLowerCase().includes(wanted);
  });
}

/**
 * Whether a path may go on from what is typed, with values in place of parameters.
 * @param {string} path
 * @param {string} typed
 */
function fits(path, typed) {
  const parts = path.split("/");
  const given = typed.split("/");
  if (given.length > parts.length) return false;
  return given.every((value, index) => {
    if (PARAMETER.test(parts[index])) return true;
    return index === given.length - 1 ? parts[index].startsWith(value) : parts[index] === value;
  });
}

/**
 * The first parameter without a value.
 * @param {string} path
 * @returns {{ name: string, start: number, end: number } | null}
 */
export function openParameter(path) {
  const found = PARAMETER.exec(path.split(/[?#]/, 1)[0]);
  if (!found) return null;
  return { name: found[0], start: found.index, end: found.index + found[0].length };
}
