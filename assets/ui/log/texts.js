// @ts-check
/** Every sentence of the log. Not in the page's texts.js, which is loaded before the first click. */

import { translate } from "../../languages.js";

export const texts = {
  empty: "Nothing yet: requests, print() and tracebacks appear here.",
  dropped: "Earlier lines were dropped.",
  /** @param {Date} time */
  startedAt: (time) => `Started at ${time.toLocaleTimeString()}`,

  tools: "Tools of the log",
  filter: "Filter",
  filterLabel: "Show only what has this text",
  kinds: { request: "Requests", output: "Output", error: "Errors" },
  kindTitles: {
    request: "A line for each request",
    output: "What the app prints and logs",
    error: "Tracebacks, what comes on stderr, and answers of 400 and above",
  },
  copy: "Copy",
  clear: "Clear",
  /** @param {number} hidden @param {number} all */
  filtered: (hidden, all) => (hidden === all ? "All lines are hidden." : `${hidden} of ${all} hidden.`),
  /** @param {number} count */
  copied: (count) => (count === 1 ? "1 line copied." : `${count} lines copied.`),
  nothingToCopy: "There is no line to copy.",
  copyRefused: "The browser does not let this page copy; select the lines and press Ctrl+C.",

  messages: "messages",
  /** @param {string} title */
  messagesOf: (title) => `ASGI messages of ${title}`,

  /** @param {number} number */
  client: (number) => `client ${number}`,
  goingOn: "going on",
  /** @param {string} size */
  cut: (size) => `cut off after ${size}`,

  /** @param {number} count @param {string} packages */
  frames: (count, packages) =>
    `… ${count} ${count === 1 ? "frame" : "frames"}${packages && ` of ${packages}`}`,
  /** @param {string} file @param {number} line */
  goTo: (file, line) => `Show line ${line} of ${file}`,

  /** @param {string} text @param {string} input */
  was: (text, input) => `${text} (was ${input})`,
  /** @param {number} count */
  moreRefusals: (count) => `… and ${count} more`,
};

await translate(texts, "log");
