// @ts-check
/**
 * What a block shows while its app runs, and why it does not. Loaded with the first start.
 *
 * @import { AsgiLiveElement } from "../element.js"
 * @import { Cookie, PythonMessage } from "../types.d.ts"
 * @import { PreviewedApp } from "./previews.js"
 */

// All of them here: a browser learns of an import only when the module that has it is there.
import "./auto-height.js";
import "./browser-pane.js";
import "./frame-history.js";
import "../client-keys.js";
import "./amounts.js";
import "./log/access-lines.js";
import "./log/ansi.js";
import "./log/entries.js";
import "./log/log-tools.js";
import "./log/output-lines.js";
import "./log/places.js";
import "./log/refusals.js";
import "./log/runs.js";
import "./log/texts.js";
import "./log/traceback.js";

import { texts } from "../texts.js";
import { element } from "./dom.js";
import { LazyPanel } from "./lazy-panel.js";
import { LogPane } from "./log-pane.js";
import { Previews } from "./previews.js";
import { Tabs } from "./tabs.js";

const PREVIEW = 0;
const REQUESTS = 1;
const LOG = 2;
const ASGI = 4;

export class Stage {
  /** What the clients' jars hold. @type {Map<number, Cookie[]>} */ #jars = new Map([[1, []]]);
  /** How often the app has been started. */
  #run = 0;

  /**
   * @typedef {object} App
   * @property {(file: string) => boolean} isOwn whether the block has the file
   *
   * @param {App & PreviewedApp} app
   * @param {AsgiLiveElement} live
   * @param {string} storageKey for what the reader writes
   */
  constructor(app, live, storageKey) {
    this.previews = new Previews(app, (clients) => this.#setClients(clients));
    this.requests = new LazyPanel(async () => {
      const { RequestPane } = await import("../request-pane/pane.js");
      return new RequestPane(live, { path: app.path, storageKey: `${storageKey}:requests` });
    });
    this.log = new LogPane(app.isOwn);
    this.cookiePanel = new LazyPanel(
      async () =>
        new (await import("./cookies/jars.js")).CookieJars(app.session.forgetCookies.bind(app.session)),
    );
    this.wirePanel = new LazyPanel(async () => this.#makeWire(app));
    this.tabs = new Tabs([
      [texts.preview, this.previews.element],
      [texts.requestsTab, this.requests.element, () => this.requests.show()],
      [texts.log, this.log.element, () => this.log.shown()],
      [texts.cookies, this.cookiePanel.element, () => this.#showCookies()],
      [texts.asgi, this.wirePanel.element, () => this.wirePanel.show()],
    ]);
    const panels = [this.previews, this.requests, this.log, this.cookiePanel, this.wirePanel];
    const parts = [this.tabs.list, ...panels.map(({ element }) => element)];
    this.element = element("div", { class: "stage", part: "stage", hidden: true }, ...parts);
  }

  /**
   * The app runs.
   * @param {string} mount
   * @param {string | undefined} unavailable why there is no preview, if so
   */
  show(mount, unavailable) {
    this.element.hidden = false;
    this.previews.show(mount, unavailable);
    // A reader who starts the app by a request is about to see its answer.
    if (this.tabs.selected !== REQUESTS) this.tabs.select(PREVIEW);
  }

  /** The app's own start takes long, and what it prints may tell why; who waits for an answer stays with that. */
  showStart() {
    if (this.tabs.selected !== REQUESTS) this.showLog();
  }

  showLog() {
    this.element.hidden = false;
    this.tabs.select(LOG);
  }

  /** A start begins: what comes now is not of the app before. */
  divide() {
    this.#run += 1;
    this.log.divide();
  }

  /** @param {PythonMessage} message */
  receive(message) {
    if (message.type === "output") this.output(message.stream, message.text);
    else if (message.type === "response") {
      this.log.response(message);
      this.tabs.mark(LOG, message.status >= 500 ? "error" : "news");
    } else if (message.type === "response.end") this.log.responseEnd(message);
    else if (message.type === "cookies") this.#setCookies(message);
    else if (message.type === "wire") {
      const run = this.#run;
      this.wirePanel.tell((pane) => pane.receive(run, message.events));
    }
  }

  /**
   * @param {"stdout" | "stderr"} stream
   * @param {string} text
   */
  output(stream, text) {
    this.log.output(stream, text);
    this.tabs.mark(LOG, stream === "stderr" ? "error" : "news");
  }

  /**
   * The app has written files: its next start may go on with them.
   * @param {HTMLElement} restart
   * @param {import("../session.js").Session} session
   */
  async offerKeeping(restart, session) {
    const module = await import("./keep-choice.js").catch(() => null); // they are not kept then, as ever
    module?.offerKeeping(restart, session);
  }

  /** @param {number[]} clients */
  #setClients(clients) {
    this.#jars = new Map(clients.map((client) => [client, this.#jars.get(client) ?? []]));
    this.cookiePanel.tell((jars) => jars.show(this.#jars));
  }

  /** @param {Extract<PythonMessage, { type: "cookies" }>} message */
  #setCookies({ client, cookies }) {
    if (!this.#jars.has(client)) return; // it has been closed in the meantime
    this.#jars.set(client, cookies);
    this.cookiePanel.tell((jars) => jars.show(this.#jars));
  }

  async #showCookies() {
    (await this.cookiePanel.show())?.show(this.#jars);
  }

  /** @param {PreviewedApp} app */
  async #makeWire({ session }) {
    const { WirePane } = await import("./wire/wire-pane.js");
    this.log.linkToWire((key) => {
      const run = this.#run;
      return () => {
        this.tabs.select(ASGI);
        this.wirePanel.tell((pane) => pane.open(run, key));
      };
    });
    session.watch();
    return new WirePane();
  }
}
