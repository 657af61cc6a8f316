// @ts-check
/**
 * What a reader is told of an answer that a task does not want.
 *
 * @import { RecordedAnswer, Task } from "../types.d.ts"
 */

import { lacks } from "./expectation.js";
import { texts as words } from "./texts.js";

/**
 * @param {Task} task
 * @param {RecordedAnswer} answer
 * @returns {string} empty when it is the wanted one
 */
export function verdict(task, answer) {
  const [lack] = lacks(task, answer);
  if (!lack) return "";
  if (lack.name === "status") return words.notYet(lack.found, lack.wanted);
  return answer.partial ? words.notWhole : words.notInBody(lack.wanted);
}
