// @ts-check
/** The app as its clients see it: one preview, or two beside each other. */

import { texts } from "../texts.js";
import { BrowserPane } from "./browser-pane.js";
import { element, iconButton } from "./dom.js";

/**
 * @typedef {import("./clients/second-client.js").SecondClient} SecondClient
 *
 * @typedef {object} Running
 * @property {import("../session.js").Session} session
 * @property {() => boolean} isRunning
 *
 * @typedef {Omit<ConstructorParameters<typeof BrowserPane>[0], "tool"> & Running} PreviewedApp
 */

export class Previews {
  #app;
  #onClients;
  /** @type {SecondClient | null} */ #second = null;
  #toggle = iconButton("clients", texts.secondClient, () => this.#press());
  #note = element("p", { class: "note", role: "alert" });

  /**
   * @param {PreviewedApp} app
   * @param {(clients: number[]) => void} onClients who there is now
   */
  constructor(app, onClients) {
    this.#app = app;
    this.#onClients = onClients;
    this.#toggle.title = texts.openSecondClient;
    this.#toggle.setAttribute("aria-pressed", "false");
    this.first = new BrowserPane({ ...app, tool: this.#toggle });
    this.element = element("div", { class: "previews" }, this.first.element);
  }

  /** They are in the page. */
  connect() {
    for (const pane of this.#panes) pane.connect();
  }

  /** They leave the page. */
  disconnect() {
    for (const pane of this.#panes) pane.disconnect();
  }

  /**
   * The app runs.
   * @param {string} mount
   * @param {string | undefined} unavailable why there is no preview, if so
   */
  show(mount, unavailable) {
    this.#toggle.hidden = Boolean(unavailable);
    if (unavailable) {
      this.#close();
      this.first.explain(unavailable);
    } else {
      this.first.show(mount);
      this.#second?.show();
    }
  }

  get #panes() {
    return this.#second ? [this.first, this.#second.pane] : [this.first];
  }

  async #press() {
    if (this.#second) return this.#close();
    if (this.#toggle.ariaBusy) return;
    this.#toggle.ariaBusy = "true";
    this.#note.remove();
    try {
      await this.#open();
    } catch {
      this.#note.textContent = `${texts.incomplete.headline} ${texts.incomplete.whatToDo}`;
      this.element.prepend(this.#note);
    }
    this.#toggle.ariaBusy = null;
  }

  async #open() {
    const { SecondClient } = await import("./clients/second-client.js");
    const { element: parent, first } = this;
    const onClose = () => {
      this.#toggle.focus(); // in Safari, a click has not put it on the button that goes away
      this.#close();
    };
    this.#second = new SecondClient(this.#app, { parent, first, onClose });
    this.#toggle.title = this.#second.closing;
    this.#toggle.setAttribute("aria-pressed", "true");
    this.#onClients([1, this.#second.number]);
    if (parent.isConnected) this.#second.pane.connect();
  }

  #close() {
    if (!this.#second) return;
    // The keyboard's place must not vanish with the button that was pressed.
    const root = /** @type {ShadowRoot} */ (this.element.getRootNode());
    if (this.#second.pane.element.contains(root.activeElement)) this.#toggle.focus();
    this.#second.close();
    this.#second = null;
    this.#toggle.title = texts.openSecondClient;
    this.#toggle.setAttribute("aria-pressed", "false");
    this.#onClients([1]);
  }
}
