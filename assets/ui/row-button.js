// @ts-check
/** A button that shows and hides a row under the bar that it stands in; the row is loaded when it is first shown. */

import { element, iconButton } from "./dom.js";

export class RowButton {
  /** @type {Promise<HTMLElement> | null} */ #row = null;

  /**
   * @param {object} options
   * @param {Parameters<typeof iconButton>[0]} options.icon
   * @param {string} options.label
   * @param {boolean} [options.isWorded] whether the label is shown beside the icon where there is room
   * @param {() => Promise<HTMLElement>} options.make the row
   * @param {() => HTMLElement} options.bar
   * @param {() => void} options.onFailure to make it
   */
  constructor({ icon, label, isWorded, make, bar, onFailure }) {
    this.element = iconButton(icon, label, () => this.#toggle().catch(onFailure));
    if (isWorded) {
      this.element.className = "";
      this.element.append(element("span", { class: "word" }, label));
    }
    this.element.setAttribute("aria-expanded", "false");
    this.make = make;
    this.bar = bar;
  }

  async #toggle() {
    this.#row ??= this.#insert();
    const row = await this.#row.catch((error) => {
      this.#row = null;
      throw error;
    });
    row.hidden = !row.hidden;
    this.element.setAttribute("aria-expanded", String(!row.hidden));
  }

  async #insert() {
    const row = await this.make();
    row.hidden = true;
    this.bar().after(row);
    return row;
  }
}
