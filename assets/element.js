// @ts-check
/**
 * `<asgi-live>`: the block in the page. Its content, the highlighted code, is the author's and stays;
 * the controls live in a shadow tree, out of reach of the page's styles.
 *
 * @import { BlockData, ElementState, HeaderPair, PythonMessage } from "./types.d.ts"
 */

import { StartError } from "./python-host.js";
import { Session } from "./session.js";
import { texts } from "./texts.js";
import { BrowserPane } from "./ui/browser-pane.js";
import { CodeEditor } from "./ui/code-editor.js";
import { button, element } from "./ui/dom.js";
import { LogPane } from "./ui/log-pane.js";
import { Tabs } from "./ui/tabs.js";

const PREVIEW = 0;
const LOG = 1;

export class AsgiLiveElement extends HTMLElement {
  /** @type {ElementState} */ #state = "idle";
  /** @type {BlockData} */ #block = /** @type {BlockData} */ ({});
  /** @type {Record<string, string>} */ #files = {};
  /** @type {Session} */ #session = /** @type {Session} */ (/** @type {unknown} */ (null));
  /** @type {Promise<void> | null} the start that is under way */ #starting = null;
  /** @type {Promise<void> | null} the stop that is under way */ #ending = null;
  /** @type {Record<string, HTMLElement>} */ #controls = {};
  /** @type {CodeEditor} */ #editor = /** @type {CodeEditor} */ (/** @type {unknown} */ (null));
  /** @type {BrowserPane} */ #pane = /** @type {BrowserPane} */ (/** @type {unknown} */ (null));
  #log = new LogPane();
  /** @type {Tabs} */ #tabs = /** @type {Tabs} */ (/** @type {unknown} */ (null));
  /** @type {string | null} what a reset took away */ #discarded = null;

  connectedCallback() {
    if (!this.shadowRoot) {
      this.#block = JSON.parse(this.dataset.block ?? "{}");
      this.#files = { ...this.#block.files };
      this.#session = new Session(this.#block, (message) => this.#receive(message));
      this.#render();
    }
    this.#pane.connect();
    addEventListener("pagehide", this.#onPageHide);
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.#onPageHide);
    this.#pane.disconnect();
    if (this.#state === "idle") return;
    this.#session.discard();
    this.#setState("stopped", texts.stopped);
  }

  // The public interface

  /** @returns {ElementState} */
  get state() {
    return this.#state;
  }

  /** Absolute URL of the app's mount: what lies below it is answered by the app while it runs. */
  get baseURL() {
    return this.#session.baseURL;
  }

  /** The source of the entry file. */
  get code() {
    return this.#editor.text;
  }

  set code(text) {
    this.#editor.text = text;
    this.#showEditor(this.#editor.edited);
  }

  /** All files of the app: path to text. */
  get files() {
    return { ...this.#files, [this.#entry]: this.code };
  }

  set files(files) {
    this.#files = { ...files };
    if (this.#entry in files) this.code = files[this.#entry];
  }

  /**
   * Boots the app; resolves when it can answer, rejects with an Error whose `stage` failed.
   * @returns {Promise<void>}
   */
  start() {
    if (this.#ending) return this.#ending.then(() => this.start());
    if (this.#state === "running") return Promise.resolve();
    this.#starting ??= this.#start().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  /** Ends the app: nothing of it goes on. */
  async stop() {
    if (this.#state !== "starting" && this.#state !== "running") return;
    this.#ending ??= this.#stop().finally(() => {
      this.#ending = null;
    });
    await this.#ending;
  }

  /** Starts afresh with the present code. */
  async restart() {
    await this.stop();
    await this.start();
  }

  /**
   * One request straight to the app.
   * @param {string} path below the mount
   * @param {RequestInit} [init]
   * @returns {Promise<Response & { rawHeaders: HeaderPair[] }>}
   */
  fetch(path, init) {
    return this.#session.fetch(path, init);
  }

  // Running

  async #start() {
    this.#setState("starting", texts.stages.download);
    try {
      await this.#session.start(this.files);
    } catch (error) {
      const failure = error instanceof StartError ? error : new StartError("interpreter", String(error));
      // Stopped, or taken out of the page, in the meantime: that is no failure.
      if (this.#ending || this.#state !== "starting") throw failure;
      this.#fail(failure);
      throw failure;
    }
    this.#controls.stage.hidden = false;
    this.#setState("running", texts.running);
    if (this.#session.unavailable) this.#pane.explain(this.#session.unavailable.message);
    else this.#pane.show(this.baseURL);
    this.#tabs.select(PREVIEW);
  }

  /** @param {StartError} failure */
  #fail({ stage, detail }) {
    // Whatever was under way must not answer later.
    this.#session.discard();
    this.#controls.stage.hidden = false;
    this.#log.output("stderr", `${detail}\n`);
    this.#setState("failed", texts.failures[stage]);
    this.#tabs.select(LOG);
  }

  async #stop() {
    this.#controls.status.textContent = texts.stopping;
    await this.#session.stop();
    await this.#starting?.catch(() => {});
    this.#setState("stopped", texts.stopped);
  }

  /** A click tells the reader by the state; only callers of `start()` want the rejection. */
  #run() {
    const running = this.#state === "starting" || this.#state === "running";
    (running ? this.restart() : this.start()).catch(() => {});
  }

  /** @param {PythonMessage} message */
  #receive(message) {
    switch (message.type) {
      case "progress": {
        const { stage, loaded, total } = message;
        const amount = loaded && total ? ` ${texts.downloaded(loaded, total)}` : "";
        // Screen readers hear of stages, not of every megabyte.
        if (this.#controls.status.textContent !== texts.stages[stage])
          this.#controls.status.textContent = texts.stages[stage];
        this.#controls.amount.textContent = amount;
        this.#controls.progress.hidden = false;
        const bar = /** @type {HTMLProgressElement} */ (this.#controls.progress);
        if (loaded && total) bar.value = loaded / total;
        else bar.removeAttribute("value");
        break;
      }
      case "crashed":
        this.#fail(new StartError("running", message.message));
        break;
      case "output": {
        const { stream, text } = message;
        this.#log.output(stream, text);
        this.#tabs.mark(LOG, stream === "stderr" ? "error" : "news");
        this.#emit("output", { stream, text });
        break;
      }
      case "response": {
        const { method, path, status, duration } = message;
        this.#log.response(message);
        this.#tabs.mark(LOG, status >= 500 ? "error" : "news");
        this.#emit("response", { method, path, status, duration });
        break;
      }
    }
  }

  /**
   * @param {ElementState} state
   * @param {string} text
   */
  #setState(state, text) {
    const { run, stop, restart, status, amount, progress } = this.#controls;
    this.#state = state;
    const active = state === "starting" || state === "running";
    const focused = this.shadowRoot?.activeElement;
    run.hidden = active;
    stop.hidden = !active;
    restart.hidden = state !== "running";
    // The keyboard's place must not vanish with the button that was pressed.
    if (focused instanceof HTMLElement && focused.hidden) (active ? stop : run).focus();
    run.lastChild?.replaceWith(state === "failed" ? texts.retry : texts.run);
    status.textContent = text;
    amount.textContent = "";
    progress.hidden = state !== "starting";
    this.toggleAttribute("running", state === "running");
    this.setAttribute("state", state);
    this.#emit("statechange", { state });
  }

  /**
   * @param {string} name
   * @param {object} detail
   */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(`asgi-live:${name}`, { bubbles: true, composed: true, detail }));
  }

  /** @param {PageTransitionEvent} event */
  #onPageHide = (event) => {
    // A page in the back/forward cache keeps its app; any other is gone for good.
    if (!event.persisted && this.#state !== "idle") this.#session.discard();
  };

  // What the reader sees

  get #entry() {
    return `${this.#block.app.split(":")[0].replaceAll(".", "/")}.py`;
  }

  #render() {
    const name = this.#block.caption ?? this.#entry;
    this.#editor = new CodeEditor({
      name: this.#entry,
      original: this.#block.files[this.#entry],
      storageKey: `asgi-docs:${location.pathname}:${this.#block.source}`,
      onRun: () => this.#run(),
      onLeave: () => this.#controls[this.#state === "running" ? "restart" : "run"].focus(),
      onChange: () => this.#edited(),
    });
    this.#pane = new BrowserPane({
      name,
      path: this.#block.path,
      fixedHeight: Boolean(this.#block.height),
      fetch: (path) => this.fetch(path),
    });
    this.#tabs = new Tabs([
      [texts.preview, this.#pane.element],
      [texts.log, this.#log.element],
    ]);
    const height = this.#block.height;
    if (height) this.style.setProperty("--asgi-live-height", height);

    const controls = {
      run: button("run", texts.run, () => this.#run(), "primary"),
      stop: button("stop", texts.stop, () => this.stop()),
      restart: button("restart", texts.restart, () => this.#run()),
      edit: button("edit", texts.edit, () => this.#openEditor()),
      reset: button("reset", texts.reset, () => this.#reset()),
      status: element("span", { role: "status", class: "status" }),
      amount: element("span", { class: "amount" }),
      progress: element("progress", { "aria-label": texts.stages.download, max: "1", hidden: true }),
      stage: element(
        "div",
        { class: "stage", hidden: true },
        this.#tabs.list,
        this.#pane.element,
        this.#log.element,
      ),
    };
    this.#controls = controls;
    controls.stop.hidden = controls.restart.hidden = controls.reset.hidden = true;
    const { run, stop, restart, edit, reset, status, amount, progress, stage } = controls;
    const bar = element(
      "div",
      { class: "bar", role: "group", "aria-label": texts.controlsOf(name) },
      run,
      stop,
      restart,
      element("span", { class: "told" }, status, amount),
      edit,
      reset,
      progress,
    );
    const style = element("link", { rel: "stylesheet", href: new URL("controls.css", import.meta.url).href });
    this.attachShadow({ mode: "open" }).append(style, element("slot"), this.#editor.input, bar, stage);
    this.#showEditor(this.#editor.edited);
  }

  #openEditor() {
    this.#showEditor(true);
    this.#editor.input.focus();
  }

  /** @param {boolean} shown */
  #showEditor(shown) {
    const { input } = this.#editor;
    if (shown && input.hidden) this.#matchPage(input);
    input.hidden = !shown;
    input.rows = this.code.split("\n").length + 1;
    this.toggleAttribute("editing", shown);
    this.#controls.edit.hidden = shown;
    this.#edited();
  }

  /** The editor looks like the page's own code block. */
  #matchPage(/** @type {HTMLElement} */ input) {
    const block = this.querySelector("pre");
    if (!block) return;
    const code = getComputedStyle(block.querySelector("code") ?? block);
    const { backgroundColor, color } = getComputedStyle(block);
    const opaque = /** @param {string} value */ (value) => !/^(transparent|rgba\(.*, 0\))$/.test(value);
    const background = [backgroundColor, code.backgroundColor].find(opaque);
    Object.assign(input.style, {
      fontFamily: code.fontFamily,
      fontSize: code.fontSize,
      lineHeight: code.lineHeight,
      color,
      background,
    });
  }

  #edited() {
    const { reset } = this.#controls;
    if (!reset) return;
    if (this.#editor.edited) this.#discarded = null;
    reset.hidden = !this.hasAttribute("editing") && this.#discarded === null;
    reset.lastChild?.replaceWith(this.#discarded === null ? texts.reset : texts.undoReset);
  }

  /** Back to the author's version; what the reader typed can be had again. */
  #reset() {
    const typed = this.#discarded;
    if (typed !== null) {
      this.#discarded = null;
      this.code = typed;
      return;
    }
    if (this.#editor.edited) this.#discarded = this.code;
    this.#files = { ...this.#block.files };
    this.#editor.text = this.#editor.original;
    this.#showEditor(false);
  }
}
