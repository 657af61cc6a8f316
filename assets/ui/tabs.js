// @ts-check
/** Tabs after the WAI-ARIA pattern (https://www.w3.org/WAI/ARIA/apg/patterns/tabs/): arrow keys move. */

import { texts } from "../texts.js";
import { element } from "./dom.js";

export class Tabs {
  /** @type {HTMLButtonElement[]} */ #tabs;
  /** @type {HTMLElement[]} */ #panels;

  /** @type {((() => void) | undefined)[]} */ #onShow;

  /** @param {[label: string, panel: HTMLElement, onShow?: () => void][]} entries */
  constructor(entries) {
    this.#panels = entries.map(([, panel]) => panel);
    this.#onShow = entries.map(([, , onShow]) => onShow);
    this.#tabs = entries.map(([label, panel], index) => {
      panel.id = `panel-${index}`;
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", `tab-${index}`);
      const select = () => this.select(index);
      return element(
        "button",
        {
          type: "button",
          role: "tab",
          part: "tab",
          id: `tab-${index}`,
          "aria-controls": panel.id,
          onclick: select,
        },
        label,
        element("span", { class: "mark" }),
      );
    });
    this.list = element("div", { role: "tablist", part: "tabs", "aria-label": texts.views }, ...this.#tabs);
    this.list.addEventListener("keydown", (event) => this.#move(event));
    this.select(0);
  }

  /** @param {number} index */
  select(index) {
    this.selected = index;
    for (const [position, tab] of this.#tabs.entries()) {
      const chosen = position === index;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen) setMark(tab, null);
      this.#panels[position].hidden = !chosen;
    }
    this.#onShow[index]?.();
  }

  /**
   * Puts a mark on a tab that is not in front: there is something new.
   * @param {number} index
   * @param {"news" | "error"} kind
   */
  mark(index, kind) {
    if (index === this.selected || this.#tabs[index].dataset.mark === "error") return;
    setMark(this.#tabs[index], kind);
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const count = this.#tabs.length;
    const { selected = 0 } = this;
    const target = { ArrowLeft: selected - 1, ArrowRight: selected + 1, Home: 0, End: count - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.select((target + count) % count);
    this.#tabs[this.selected ?? 0].focus();
  }
}

/**
 * @param {HTMLButtonElement} tab
 * @param {"news" | "error" | null} kind
 */
function setMark(tab, kind) {
  const mark = /** @type {HTMLElement} */ (tab.querySelector(".mark"));
  mark.textContent = kind && texts.marks[kind];
  if (kind) tab.dataset.mark = kind;
  else delete tab.dataset.mark;
}
