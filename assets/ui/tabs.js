// @ts-check
/** Tabs after the WAI-ARIA pattern (https://www.w3.org/WAI/ARIA/apg/patterns/tabs/): arrow keys move. */

import { element } from "./dom.js";

export class Tabs {
  /** @type {HTMLButtonElement[]} */ #tabs;
  /** @type {HTMLElement[]} */ #panels;

  /** @param {[label: string, panel: HTMLElement][]} entries */
  constructor(entries) {
    this.#panels = entries.map(([, panel]) => panel);
    this.#tabs = entries.map(([label, panel], index) => {
      panel.id = `panel-${index}`;
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", `tab-${index}`);
      const select = () => this.select(index);
      return element(
        "button",
        { type: "button", role: "tab", id: `tab-${index}`, "aria-controls": panel.id, onclick: select },
        label,
      );
    });
    this.list = element("div", { role: "tablist" }, ...this.#tabs);
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
      if (chosen) delete tab.dataset.mark;
      this.#panels[position].hidden = !chosen;
    }
  }

  /**
   * Puts a mark on a tab that is not in front: there is something new.
   * @param {number} index
   * @param {"news" | "error"} kind
   */
  mark(index, kind) {
    if (index === this.selected || this.#tabs[index].dataset.mark === "error") return;
    this.#tabs[index].dataset.mark = kind;
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || this.selected === undefined) return;
    event.preventDefault();
    this.select((this.selected + step + this.#tabs.length) % this.#tabs.length);
    this.#tabs[this.selected].focus();
  }
}
