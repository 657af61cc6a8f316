// @ts-check
/** What a documented request says. */

import { translate } from "../languages.js";

export const texts = {
  send: "Send",
  check: "Check",
  done: "Done.",
  /** @param {string} name */
  requestOf: (name) => `Request ${name}`,
  /** @param {string} name */
  answerTo: (name) => `Answer to ${name}`,
  editHint: "Ctrl+Enter sends the request, Esc leaves the editor.",
  noBlock: "The app that this request asks is not on the page.",
  starting: "Starting the app…",
  restarting: "Starting the app with your changes…",
  /** @param {string} headline */
  notStarted: (headline) => `${headline} Its block tells more.`,
  showBlock: "Show the block",
  sending: "Sending…",
  /** @param {{ method: string, target: string }} request */
  first: ({ method, target }) => `Sending ${method} ${target} first, whose answer is needed…`,
  /** @param {{ method: string, target: string }} request @param {string} reason */
  neededFailed: ({ method, target }, reason) => `Not sent, as ${method} ${target} has no answer: ${reason}`,
  /** @param {string} status @param {string} time */
  answered: (status, time) => `${status} in ${time}.`,
  /** @param {string} status */
  receiving: (status) => `${status}, going on…`,
  /** @param {string} status @param {string} time */
  stopped: (status, time) => `${status}, stopped after ${time}.`,
  asRecorded: "As recorded.",
  asRecordedSoFar: "As recorded, as far as the record goes.",
  differs: "Differs from the recorded answer:",
  notCompared: "The request is edited, so its answer is not compared with the recorded one.",
  notWhole: "It is not whole, so it is not compared with the recorded one.",
  /** @param {string} size */
  save: (size) => `Save the body (${size} bytes)`,
  picture: "Picture that the app has answered with",
  body: "Body of the answer",
  beginningDropped: "The beginning is not shown.",
  /** @param {number} limit */
  tooLong: (limit) => `The answer is longer than ${limit >> 20} MB.`,
  wrong: {
    empty: "There is no request to send; write one as in “GET /books”.",
    several: "There are several requests here, and one is sent at a time; delete the others.",
    /** @param {number} line @param {string} text */
    header: (line, text) =>
      `Line ${line}: “${text}” is no header such as “Accept: text/html”; a body follows an empty line.`,
    /** @param {number} line @param {string} target */
    host: (line, target) =>
      `Line ${line}: requests go to the block’s app, so write the path of ${target} only.`,
    /** @param {number} line @param {string} target */
    path: (line, target) => `Line ${line}: a path starts with one “/”, not “${target}”.`,
    /** @param {number} line @param {string} target */
    spaces: (line, target) => `Line ${line}: a path has no spaces (“${target}”); write %20 for a space.`,
  },
};

await translate(texts, "requests");
