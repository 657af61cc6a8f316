// @ts-check
/** What differs from one answer to the next one and means nothing. */

const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";

/** In the order in which they are looked for; each is equal to any other of its kind. @type {RegExp[]} */
const KINDS = [
  // https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7, and cookies' older form with dashes
  new RegExp(
    `\\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d[ -]${MONTH}[ -]\\d{4} \\d\\d:\\d\\d:\\d\\d GMT`,
    "g",
  ),
  // https://www.rfc-editor.org/rfc/rfc3339#section-5.6, and what Python's str(datetime) makes of it
  /\b\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z\b|z\b|[+-]\d\d:?\d\d\b)?/g,
  /\b[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\b/gi,
];

const RUN = /[\w.-]{20,}/g;

/** Headers that tell how long the answer took. */
const TIMINGS = new Set(["server-timing", "x-process-time", "x-response-time", "x-runtime"]);

/**
 * A text with a mark in place of each volatile part.
 * @param {string} text
 */
export function steady(text) {
  const marked = KINDS.reduce((before, kind, index) => before.replace(kind, `\0${index}\0`), text);
  return marked.replace(RUN, (run) => (isToken(run) ? "\0token\0" : run));
}

/** @param {string} run */
function isToken(run) {
  return /\d/.test(run) && /[a-z]/i.test(run);
}

/** @param {string} name of a header */
export function isTiming(name) {
  return TIMINGS.has(name);
}
