// @ts-check
/** What is said about copying a request. */

import { translate } from "../languages.js";

export const texts = {
  copyAs: "Copy as",
  /** @param {string} form */
  copied: (form) => `Copied for ${form}; it asks localhost:8000.`,
  /** @param {string} form */
  notCopied: (form) => `This browser does not let the page copy; here it is for ${form}:`,
  /** @param {string} form */
  codeFor: (form) => `Request for ${form}`,
  /** @param {string} method */
  noBodyWith: (method) => `fetch() sends no body with ${method}; choose another form.`,
};

await translate(texts, "request-code");
