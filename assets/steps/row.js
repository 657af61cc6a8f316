// @ts-check
/**
 * The row under a block that shows what its author has changed since the step before.
 *
 * @import { BlockData } from "../types.d.ts"
 */

import { element } from "../ui/dom.js";
import { changedFiles } from "./changes.js";
import { diffView } from "./diff-view.js";
import { stepBefore, withEntry } from "./step-before.js";
import { texts as words } from "./texts.js";

/**
 * @param {HTMLElement} block
 * @param {BlockData} data
 */
export async function changesRow(block, data) {
  const before = stepBefore(block, data);
  const changes = before ? changedFiles(withEntry(before), withEntry(data)) : [];
  const label = before?.caption ? words.since(before.caption) : words.sinceLast;
  const content = changes.length
    ? await diffView(changes, block)
    : element("p", { class: "note" }, before ? words.same : words.noStep);
  return element("section", { class: "bar changes", "aria-label": label }, content);
}
