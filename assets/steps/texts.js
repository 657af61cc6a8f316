// @ts-check
/** What a reader reads who looks at the changes since the last step. */

import { translate } from "../languages.js";

export const texts = {
  changes: "Changes",
  /** @param {string} file */
  changesOf: (file) => `Changes in ${file}`,
  /** @param {number} added @param {number} removed */
  amounts: (added, removed) => `${added} added, ${removed} removed`,
  /** @param {number} lines */
  newFile: (lines) => `new, ${lines} lines`,
  gone: "not there any more",
  noText: "changed; it is no text",
  /** @param {number} line */
  added: (line) => `Added, line ${line}:`,
  /** @param {number} line */
  removed: (line) => `Removed, line ${line} before:`,
  copy: "Copy as a patch",
  copied: "The changes are in the clipboard.",
  notCopied: "The browser does not let pages write to the clipboard. Copy the changes here:",
  same: "The code is the same as in the step before.",
  noStep: "The step before is not on this page any more.",
  /** @param {string} name of the block before */
  since: (name) => `Changes since “${name}”`,
  sinceLast: "Changes since the step before",
};

await translate(texts, "steps");
