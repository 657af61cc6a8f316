// @ts-check
/** Sentences of the author's, with code in backticks: as asgi_docs/block/requests/task_text.py has them. */

import { element } from "../ui/dom.js";

/**
 * @param {string} text
 * @returns {(HTMLElement | string)[]}
 */
export function withCode(text) {
  return text.split(/(`+)(.+?)\1/).flatMap((part, index) => {
    const kind = index % 3; // plain text, backticks, code
    if (kind === 1 || !part) return [];
    return [kind ? element("code", {}, part.trim()) : part];
  });
}
