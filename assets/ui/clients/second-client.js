// @ts-check
/**
 * A second preview of the app, with a mount and cookies of its own: two logins side by side, or a chat with oneself.
 *
 * @import { PreviewedApp } from "../previews.js"
 */

import { BrowserPane } from "../browser-pane.js";
import { element, iconButton } from "../dom.js";
import { texts } from "./texts.js";

export class SecondClient {
  number = 2;
  /** What its end is called. */
  closing = texts.close;
  #style = element("link", { rel: "stylesheet", href: new URL("clients.css", import.meta.url).href });
  #app;
  #parent;
  #mount;
  #labels;

  /**
   * @param {PreviewedApp} app
   * @param {object} place
   * @param {HTMLElement} place.parent
   * @param {BrowserPane} place.first of the first client, whose path this one opens
   * @param {() => void} place.onClose
   */
  constructor(app, { parent, first, onClose }) {
    this.#app = app;
    this.#parent = parent;
    this.pane = new BrowserPane({ ...app, path: first.path, tool: null });
    this.pane.frame.dataset.client = String(this.number);
    const close = iconButton("close", texts.close, onClose);
    this.#labels = [new ClientLabel(first, 1), new ClientLabel(this.pane, this.number, close)];
    parent.classList.add("two");
    parent.append(this.#style, this.pane.element);
    this.#mount = app.session.addClient(this.number);
    this.show();
  }

  /** The app runs, if it does. */
  async show() {
    const mount = await this.#mount;
    if (this.#app.isRunning()) this.pane.show(mount);
  }

  /** Ends it, with all that it had under way. */
  close() {
    this.pane.disconnect();
    this.pane.element.remove();
    this.#style.remove();
    this.#parent.classList.remove("two");
    for (const label of this.#labels) label.remove();
    this.#app.session.removeClient(this.number);
  }
}

/** Tells two previews apart, for sight and for assistive technology. */
class ClientLabel {
  #pane;
  #title;
  #element;

  /**
   * @param {BrowserPane} pane
   * @param {number} client
   * @param {HTMLElement[]} tools
   */
  constructor(pane, client, ...tools) {
    const id = `client-${client}`;
    const name = texts.client(client);
    this.#pane = pane;
    this.#title = pane.frame.title;
    this.#element = element("div", { class: "client" }, element("strong", { id }, name), ...tools);
    pane.element.prepend(this.#element);
    pane.element.role = "group";
    pane.element.setAttribute("aria-labelledby", id);
    pane.frame.title = `${name}: ${this.#title}`;
  }

  remove() {
    const { element, frame } = this.#pane;
    this.#element.remove();
    element.role = null;
    element.removeAttribute("aria-labelledby");
    frame.title = this.#title;
  }
}
