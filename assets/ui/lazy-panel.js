// @ts-check
/** The panel of a tab whose module is loaded when the tab is first shown. */

import { texts } from "../texts.js";
import { button, element } from "./dom.js";

/** @template {{ element: HTMLElement }} Pane */
export class LazyPanel {
  element = element("div", { class: "panel" });
  /** @type {Promise<Pane | null> | null} */ #pane = null;
  #make;

  /** @param {() => Promise<Pane>} make imports the module */
  constructor(make) {
    this.#make = make;
  }

  /**
   * What is in it, loaded if need be; null where that failed, which the reader is told.
   * @returns {Promise<Pane | null>}
   */
  show() {
    this.#pane ??= this.#load();
    return this.#pane;
  }

  /**
   * Does it if the reader has ever opened the panel.
   * @param {(pane: Pane) => void} act
   */
  tell(act) {
    this.#pane?.then((pane) => pane && act(pane));
  }

  async #load() {
    try {
      const pane = await this.#make();
      this.element.replaceChildren(pane.element);
      return pane;
    } catch {
      this.#pane = null;
      const retry = button("restart", texts.retry, () => this.show());
      this.element.replaceChildren(element("p", { class: "note" }, texts.incomplete.headline), retry);
      return null;
    }
  }
}
