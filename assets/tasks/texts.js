// @ts-check
/** What a reader reads who works on a task of the author's. */

import { translate } from "../languages.js";

export const texts = {
  /** @param {string} found @param {string} wanted */
  notYet: (found, wanted) => `Not yet: it answered ${found}; ${wanted} is wanted.`,
  /** @param {string} wanted */
  notInBody: (wanted) => `Not yet: the status is right; the body is to have ${wanted}.`,
  notWhole: "Not yet: the answer has no end.",
  notCounted: "The request is edited, so this does not count; reset it to check the task.",
  /** @param {number} number @param {number} total */
  hint: (number, total) => `Hint ${number} of ${total}`,
  hints: "Hints",
  showSolution: "Show the solution",
  hideSolution: "Hide the solution",
  solution: "From your code to the solution",
  useSolution: "Put it into the editor",
  isSolution: "Your code is the solution.",
};

await translate(texts, "tasks");
