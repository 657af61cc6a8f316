// @ts-check
/**
 * What passes between server and app: a list of requests, WebSockets and lifespans, and the messages of the one
 * that the reader has chosen.
 *
 * @import { WireEvent } from "../../types.d.ts"
 * @import { Exchange } from "./exchanges.js"
 */

import { element } from "../dom.js";
import { Exchanges, idOf } from "./exchanges.js";
import { messageView } from "./message-view.js";
import { texts } from "./texts.js";

/** Milliseconds between two renderings. */
const RENDER_INTERVAL = 100;
/** Pixels from the end that still count as being there. */
const NEAR = 8;

export class WirePane {
  #exchanges = new Exchanges();
  /** @type {Map<string, HTMLElement>} by the id of its exchange */ #options = new Map();
  #list = element("div", { role: "listbox", class: "exchanges", "aria-label": texts.exchanges, dir: "ltr" });
  #messages = element("ol");
  #dropped = element("p", { class: "hint", hidden: true });
  #note = element("p", { class: "hint", role: "status" }, texts.choose);
  #detail = element(
    "div",
    { class: "messages", role: "region", tabindex: "0", dir: "ltr", "aria-label": texts.exchanges },
    this.#note,
    this.#dropped,
    this.#messages,
  );
  /** @type {Exchange | null} */ #chosen = null;
  /** @type {Map<WireEvent, HTMLElement>} those of the chosen one */ #views = new Map();
  #scopeIsOpen = false;
  #timer = 0;

  constructor() {
    const style = element("link", { rel: "stylesheet", href: new URL("wire.css", import.meta.url).href });
    const since = element("p", { class: "hint since" }, texts.since);
    const columns = element("div", { class: "columns" }, this.#list, this.#detail);
    this.element = element("div", { class: "wire" }, style, since, columns);
    this.#list.addEventListener("keydown", (event) => this.#move(event));
    this.#messages.addEventListener("toggle", (event) => this.#keepScope(event), true);
  }

  /**
   * @param {number} run of the app
   * @param {string[]} events each the JSON of a WireEvent
   */
  receive(run, events) {
    for (const event of events) this.#exchanges.add(run, JSON.parse(event));
    this.#timer ||= setTimeout(() => this.#render(), RENDER_INTERVAL);
  }

  /**
   * Shows a request that the log tells of.
   * @param {number} run of the app
   * @param {string} key
   */
  open(run, key) {
    this.#render();
    const exchange = this.#exchanges.get(idOf(run, key));
    this.#choose(exchange ?? null);
    if (exchange) this.#options.get(exchange.id)?.focus();
    else this.#note.textContent = texts.notSeen;
  }

  #render() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const isAtEnd = near(this.#list);
    for (const [id, option] of this.#options) {
      if (this.#exchanges.get(id) || id === this.#chosen?.id) continue;
      option.remove();
      this.#options.delete(id);
    }
    for (const exchange of this.#exchanges.all) this.#showOption(exchange);
    const options = [...this.#options.values()];
    if (options.length > 0 && options.every(({ tabIndex }) => tabIndex < 0)) options[0].tabIndex = 0;
    if (isAtEnd) this.#list.scrollTop = this.#list.scrollHeight;
    this.#showMessages();
  }

  /** @param {Exchange} exchange */
  #showOption(exchange) {
    let option = this.#options.get(exchange.id);
    if (!option) {
      const choose = () => this.#choose(exchange);
      option = element(
        "div",
        {
          role: "option",
          "aria-selected": "false",
          tabindex: this.#options.size === 0 ? "0" : "-1",
          onclick: choose,
        },
        element("span", { class: "title" }, exchange.title),
        " ",
        element("span", { class: "state" }),
      );
      this.#options.set(exchange.id, option);
      this.#list.append(option);
    }
    const state = /** @type {HTMLElement} */ (option.lastChild);
    if (state.textContent !== exchange.state) state.textContent = exchange.state;
  }

  /** @param {Exchange | null} exchange */
  #choose(exchange) {
    for (const [id, option] of this.#options) {
      const isChosen = id === exchange?.id;
      option.setAttribute("aria-selected", String(isChosen));
      if (exchange) option.tabIndex = isChosen ? 0 : -1;
    }
    if (exchange === this.#chosen) return;
    this.#chosen = exchange;
    this.#views.clear();
    this.#messages.replaceChildren();
    this.#note.textContent = exchange ? "" : texts.choose;
    this.#detail.setAttribute("aria-label", exchange ? texts.messagesOf(exchange.title) : texts.exchanges);
    this.#detail.scrollTop = 0;
    this.#showMessages(false);
  }

  #showMessages(follow = near(this.#detail)) {
    const { events = [], dropped = 0 } = this.#chosen ?? {};
    const present = new Set(events);
    for (const [event, view] of this.#views) {
      if (present.has(event)) continue;
      view.remove();
      this.#views.delete(event);
    }
    for (const event of events) {
      if (this.#views.has(event)) continue;
      const view = messageView(event);
      view.querySelector("details")?.toggleAttribute("open", this.#scopeIsOpen);
      this.#views.set(event, view);
      this.#messages.append(view);
    }
    this.#dropped.hidden = dropped === 0;
    this.#dropped.textContent = texts.dropped(dropped);
    const isLong = this.#detail.scrollHeight > this.#detail.clientHeight;
    if (follow && isLong && events.length > 0) this.#detail.scrollTop = this.#detail.scrollHeight;
  }

  /** A reader who has opened one scope wants to see the others. @param {Event} event */
  #keepScope(event) {
    this.#scopeIsOpen = /** @type {HTMLDetailsElement} */ (event.target).open;
  }

  /** As in a list of the system: what has the focus is chosen. @param {KeyboardEvent} event */
  #move(event) {
    const options = [...this.#options.entries()];
    const root = /** @type {ShadowRoot} */ (this.#list.getRootNode());
    const at = options.findIndex(([, option]) => option === root.activeElement);
    const target = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      Home: 0,
      End: options.length - 1,
      Enter: at,
      " ": at,
    }[event.key];
    if (target === undefined || !options[target]) return;
    event.preventDefault();
    const [id, option] = options[target];
    this.#choose(this.#exchanges.get(id) ?? this.#chosen);
    option.focus({ preventScroll: true });
    option.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

/** @param {HTMLElement} box */
function near({ scrollTop, scrollHeight, clientHeight }) {
  return scrollHeight - scrollTop - clientHeight < NEAR;
}
