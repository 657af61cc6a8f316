// @ts-check
/**
 * Opens a link that carries edits: they are shown, and run only when the reader says so.
 *
 * @import { AsgiLiveElement } from "../element.js"
 * @import { BlockData } from "../types.d.ts"
 */

import { element } from "../ui/dom.js";
import { changes, readFragment, withChanges } from "./share-link.js";
import { texts } from "./texts.js";

/** Its note, which a further link replaces. */
const NOTE = "asgi-docs-link";

/** @param {string} fragment of the page's URL */
export async function openLink(fragment) {
  /** @type {AsgiLiveElement[]} */
  const blocks = [...document.querySelectorAll("asgi-live")].map((each) => /** @type {any} */ (each));
  const [first] = blocks;
  if (!first) return;
  const shared = await readFragment(fragment).catch(() => null);
  if (!shared) return tell(first, texts.damaged);
  const block = blocks.find((each) => dataOf(each).source === shared.block) ?? blocks[shared.index];
  const data = block && dataOf(block);
  if (!data || data.edit === false) return tell(first, texts.noBlock);
  const files = withChanges(shared.files, data.files);
  const show = () => {
    block.files = files;
    tell(block, texts.fromLink);
  };
  const isReaders = Object.keys(changes(block.files, data.files)).length > 0;
  if (!isReaders) return show();
  if (Object.keys(changes(block.files, files)).length === 0) return tell(block, texts.fromLink);
  const take = element("button", { type: "button", onclick: show }, texts.takeLinks);
  const keep = element("button", { type: "button", onclick: () => noteOf(block)?.remove() }, texts.keepMine);
  tell(block, texts.otherThanYours, take, keep);
}

/** @param {AsgiLiveElement} block @returns {BlockData} */
function dataOf(block) {
  return JSON.parse(block.dataset.block ?? "{}");
}

/** @param {AsgiLiveElement} block */
function noteOf(block) {
  return block.shadowRoot?.getElementById(NOTE);
}

/**
 * @param {AsgiLiveElement} block
 * @param {...(string | Node)} words
 */
function tell(block, ...words) {
  noteOf(block)?.remove();
  const note = element("div", { id: NOTE, class: "bar", role: "note" }, ...words);
  block.shadowRoot?.querySelector(".bar")?.before(note);
  block.scrollIntoView({ block: "nearest" });
}
