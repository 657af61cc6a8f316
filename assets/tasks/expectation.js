// @ts-check
/**
 * Whether an answer is the one that a task wants. The same for readers and for `asgi-docs check`.
 *
 * @import { Json, RecordedAnswer, Task } from "../types.d.ts"
 *
 * @typedef {object} Lack
 * @property {"status" | "body"} name the part of the answer
 * @property {string} wanted
 * @property {string} found of a status
 */

import { isObject, jsonText, parseJson } from "../requests/exact-json.js";

/**
 * What the answer lacks; nothing when the task is done.
 * @param {Pick<Task, "status" | "body">} task
 * @param {RecordedAnswer} answer
 * @returns {Lack[]}
 */
export function lacks({ status, body }, answer) {
  if (answer.status !== status) return [{ name: "status", wanted: `${status}`, found: `${answer.status}` }];
  if (!body || isIn(body, answer.body)) return [];
  return [{ name: "body", wanted: body, found: "" }];
}

/**
 * @param {string} wanted text, or members of JSON
 * @param {string} [body]
 */
function isIn(wanted, body = "") {
  const json = /^[{[]/.test(wanted) ? parseJson(wanted) : undefined;
  if (json === undefined) return body.includes(wanted);
  const found = parseJson(body);
  return found !== undefined && holds(found, json);
}

/**
 * Whether JSON has all the members of other JSON, however deep: of a list, in the same order.
 * @param {Json} found
 * @param {Json} wanted
 * @returns {boolean}
 */
function holds(found, wanted) {
  if (isObject(wanted))
    return (
      isObject(found) &&
      Object.entries(wanted).every(([key, each]) => Object.hasOwn(found, key) && holds(found[key], each))
    );
  if (!Array.isArray(wanted)) return !Array.isArray(found) && jsonText(found) === jsonText(wanted);
  if (!Array.isArray(found)) return false;
  let at = 0;
  return wanted.every((each) => {
    while (at < found.length && !holds(found[at], each)) at++;
    return at++ < found.length;
  });
}
