// @ts-check
/**
 * Tabs of files, all over the one editor, after the WAI-ARIA pattern
 * (https://www.w3.org/WAI/ARIA/apg/patterns/tabs/): arrow keys move.
 */

import { element } from "../ui/dom.js";
import { texts as words } from "./texts.js";

export class FileTabs {
  /** @type {string[]} */ #paths = [];
  #selected = "";

  /**
   * @param {string} panelId of what shows the chosen file
   * @param {(path: string) => void} onSelect
   */
  constructor(panelId, onSelect) {
    this.panelId = panelId;
    this.onSelect = onSelect;
    this.element = element("div", { role: "tablist", "aria-label": words.files });
    this.element.addEventListener("keydown", (event) => this.#move(event));
  }

  /** The id of the tab of the file that is shown. */
  get selectedId() {
    return `file-${this.#paths.indexOf(this.#selected)}`;
  }

  /**
   * @param {string[]} paths
   * @param {string} selected
   */
  show(paths, selected) {
    this.#paths = paths;
    this.#selected = selected;
    const hadFocus = this.element.contains(
      /** @type {ShadowRoot} */ (this.element.getRootNode()).activeElement,
    );
    const tabs = paths.map((path, index) =>
      element(
        "button",
        {
          type: "button",
          role: "tab",
          id: `file-${index}`,
          "aria-controls": this.panelId,
          "aria-selected": String(path === selected),
          tabindex: path === selected ? "0" : "-1",
          onclick: () => this.onSelect(path),
        },
        path,
      ),
    );
    this.element.replaceChildren(...tabs);
    const tab = tabs[paths.indexOf(selected)];
    // Not scrollIntoView(), which would scroll the page, too.
    if (tab && (tab.offsetLeft < this.element.scrollLeft || !isInside(tab, this.element)))
      this.element.scrollLeft = tab.offsetLeft - this.element.offsetLeft;
    if (hadFocus) tab?.focus({ preventScroll: true });
  }

  focus() {
    const tab = this.element.querySelector('[aria-selected="true"]');
    if (tab instanceof HTMLElement) tab.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const count = this.#paths.length;
    const selected = this.#paths.indexOf(this.#selected);
    const target = { ArrowLeft: selected - 1, ArrowRight: selected + 1, Home: 0, End: count - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.onSelect(this.#paths[(target + count) % count]);
  }
}

/**
 * @param {HTMLElement} part
 * @param {HTMLElement} whole
 */
function isInside(part, whole) {
  const [inner, outer] = [part.getBoundingClientRect(), whole.getBoundingClientRect()];
  return inner.left >= outer.left && inner.right <= outer.right;
}
