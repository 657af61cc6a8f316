// @ts-check
/**
 * What a block shows while its app runs, and why it does not. Loaded with the first start.
 *
 * @import { Cookie } from "../types.d.ts"
 */

// All of them here: a browser learns of an import only when the module that has it is there.
import "./auto-height.js";
import "./frame-history.js";

import { texts } from "../texts.js";
import { BrowserPane } from "./browser-pane.js";
import { element } from "./dom.js";
import { LazyPanel } from "./lazy-panel.js";
import { LogPane } from "./log-pane.js";
import { Tabs } from "./tabs.js";

const PREVIEW = 0;
const LOG = 1;

export class Stage {
  log = new LogPane();

  /** @type {Cookie[]} */ #cookies = [];

  /** @param {ConstructorParameters<typeof BrowserPane>[0] & { forgetCookies: (cookie?: Cookie) => void }} app */
  constructor(app) {
    this.pane = new BrowserPane(app);
    this.cookiePanel = new LazyPanel(
      async () => new (await import("./cookies/pane.js")).CookiePane(app.forgetCookies),
    );
    this.tabs = new Tabs([
      [texts.preview, this.pane.element],
      [texts.log, this.log.element, () => this.log.shown()],
      [texts.cookies, this.cookiePanel.element, () => this.#showCookies()],
    ]);
    const parts = [this.tabs.list, this.pane.element, this.log.element, this.cookiePanel.element];
    this.element = element("div", { class: "stage", hidden: true }, ...parts);
  }

  /**
   * The app runs.
   * @param {string} mount
   * @param {string | undefined} unavailable why there is no preview, if so
   */
  show(mount, unavailable) {
    this.element.hidden = false;
    if (unavailable) this.pane.explain(unavailable);
    else this.pane.show(mount);
    this.tabs.select(PREVIEW);
  }

  showLog() {
    this.element.hidden = false;
    this.tabs.select(LOG);
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

  /** @param {Cookie[]} cookies */
  cookies(cookies) {
    this.#cookies = cookies;
    this.cookiePanel.tell((pane) => pane.show(cookies));
  }

  async #showCookies() {
    (await this.cookiePanel.show())?.show(this.#cookies);
  }

  /** @param {{ method: string, path: string, status: number, duration: number }} response */
  response(response) {
    this.log.response(response);
    this.tabs.mark(LOG, response.status >= 500 ? "error" : "news");
  }
}
