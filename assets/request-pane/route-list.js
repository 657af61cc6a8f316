// @ts-check
/**
 * Offers the app's routes while a path is typed, after the WAI-ARIA pattern
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/): the field keeps the focus, arrow keys choose.
 *
 * @import { AppRoute } from "../types.d.ts"
 */

import { element } from "../ui/dom.js";
import { matching } from "./route-matching.js";
import { texts as words } from "./texts.js";

const MOST = 100;

export class RouteList {
  /** @type {AppRoute[]} */ #routes = [];
  /** @type {AppRoute[]} */ #offered = [];
  #active = -1;

  /**
   * @param {HTMLInputElement} input
   * @param {(route: AppRoute) => void} onChoice
   */
  constructor(input, onChoice) {
    this.input = input;
    this.onChoice = onChoice;
    this.element = element("ul", { role: "listbox", id: "routes", "aria-label": words.routes, hidden: true });
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": this.element.id,
      "aria-expanded": "false",
    }))
      input.setAttribute(name, value);
    input.addEventListener("input", () => this.#open(matching(this.#routes, input.value)));
    input.addEventListener("click", () => this.#open(this.#routes));
    input.addEventListener("blur", () => this.#close());
    input.addEventListener("keydown", (event) => this.#onKey(event));
    // The field keeps the focus, and with it the list stays.
    this.element.addEventListener("pointerdown", (event) => event.preventDefault());
    this.element.addEventListener("click", (event) => {
      const entry = /** @type {Element} */ (event.target).closest("[role=option]");
      if (entry) this.#choose([...this.element.children].indexOf(entry));
    });
  }

  /** @param {AppRoute[]} routes */
  set routes(routes) {
    this.#routes = routes;
  }

  get #isOpen() {
    return !this.element.hidden;
  }

  /** @param {AppRoute[]} routes */
  #open(routes) {
    this.#offered = routes.slice(0, MOST);
    this.element.replaceChildren(...this.#offered.map((route, index) => option(route, index)));
    this.#show(this.#offered.length > 0);
    this.#activate(-1);
  }

  #close() {
    this.#show(false);
    this.#activate(-1);
  }

  /** @param {boolean} isOpen */
  #show(isOpen) {
    this.element.hidden = !isOpen;
    this.input.ariaExpanded = String(isOpen);
  }

  /** @param {number} index */
  #activate(index) {
    this.#active = index;
    for (const [at, each] of [...this.element.children].entries())
      each.setAttribute("aria-selected", String(at === index));
    const active = this.element.children[index];
    if (!active) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", active.id);
    // Not scrollIntoView(), which would scroll the page, too.
    const { offsetTop, offsetHeight } = /** @type {HTMLElement} */ (active);
    const { scrollTop, clientHeight } = this.element;
    if (offsetTop < scrollTop) this.element.scrollTop = offsetTop;
    else if (offsetTop + offsetHeight > scrollTop + clientHeight)
      this.element.scrollTop = offsetTop + offsetHeight - clientHeight;
  }

  /** @param {number} index */
  #choose(index) {
    const route = this.#offered[index];
    this.#close();
    this.onChoice(route);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const { key } = event;
    const count = this.#offered.length;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (!this.#isOpen) this.#open(this.#routes);
      else this.#activate((this.#active + (key === "ArrowDown" ? 1 : count) + count) % count);
    } else if (key === "Enter" && this.#isOpen && this.#active >= 0 && !event.ctrlKey && !event.metaKey) {
      this.#choose(this.#active);
    } else if (key === "Escape" && this.#isOpen) {
      this.#close();
    } else {
      if (key === "Enter") this.#close();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

/**
 * @param {AppRoute} route
 * @param {number} index
 */
function option({ method, path, summary }, index) {
  const parts = [element("b", {}, method), " ", element("span", { class: "route" }, path)];
  if (summary) parts.push(" ", element("span", { class: "summary" }, summary));
  return element("li", { role: "option", id: `route-${index}`, "aria-selected": "false" }, ...parts);
}
