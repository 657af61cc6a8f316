// @ts-check
/**
 * `<asgi-live>`: the block in the page. Its content, the highlighted code, is the author's and stays;
 * the controls live in a shadow tree, out of reach of the page's styles.
 *
 * @import { RunningBlock, RunningBlocks } from "./running-blocks.js"
 * @import { BlockData, ElementState, HeaderPair, PythonMessage } from "./types.d.ts"
 * @import { Stage } from "./ui/stage.js"
 */

import { savesData } from "./device.js";
import { loadHost, Session } from "./session.js";
import { StartError } from "./start-error.js";
import { texts } from "./texts.js";
import { CodeEditor } from "./ui/code-editor.js";
import { Controls } from "./ui/controls.js";
import { element } from "./ui/dom.js";
import { RowButton } from "./ui/row-button.js";

/** Milliseconds of the app's own start after which the reader may want to see what it prints. */
const SLOW_START = 1_500;

/** @type {RunningBlocks<RunningBlock> | null} those of the page, once there is one */
let running = null;

/** A page whose apps nobody runs does without the file; so does a start that cannot have it. */
async function runningBlocks() {
  const module = await import("./running-blocks.js").catch(() => null);
  running ??= module && new module.RunningBlocks();
  return running;
}

/** Whether the page was opened by a link that carries somebody's edits, which are not to run by themselves. */
export function isShared() {
  return location.hash.startsWith("#asgi-live=");
}

export class AsgiLiveElement extends HTMLElement {
  /** @type {ElementState} */ #state = "idle";
  /** @type {Promise<void> | null} the start that is under way */ #starting = null;
  /** @type {Promise<void> | null} the stop that is under way */ #ending = null;
  /** Among the running blocks of the page. */
  #place = { park: (/** @type {string} */ reason) => this.#park(reason) };
  #view = new IntersectionObserver((entries) => {
    const isInView = entries.at(-1)?.isIntersecting ?? false;
    running?.see(this.#place, isInView);
    // Once: what a reader has stopped is not idle any more.
    if (isInView && this.#block.run && this.#state === "idle" && !isShared()) this.#run();
  });
  #slowStart = 0;
  #startedFiles = "";
  /** @type {BlockData} */ #block;
  /** @type {Session} */ #session;
  /** @type {CodeEditor} */ #editor;
  /** @type {Controls} */ #controls;
  /** @type {Promise<Stage | null>} null until a start, and where it could not be had */
  #stage = Promise.resolve(null);

  connectedCallback() {
    if (!this.shadowRoot) this.#render();
    this.#onStage((stage) => stage.previews.connect());
    addEventListener("pagehide", this.#onPageHide);
    if (this.#block.run && !savesData()) this.#view.observe(this);
  }

  disconnectedCallback() {
    this.#view.disconnect();
    removeEventListener("pagehide", this.#onPageHide);
    this.#onStage((stage) => stage.previews.disconnect());
    if (this.#state === "idle") return;
    this.#session.leave();
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
  }

  /** All files of the app: path to text. */
  get files() {
    return { ...this.#editor.files };
  }

  set files(files) {
    this.#editor.files = { [this.#entry]: this.code, ...files };
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

  /**
   * A WebSocket straight to the app, with the events of a browser's own.
   * @param {string} path below the mount
   * @param {string[]} [protocols]
   * @param {HeaderPair[]} [headers] further ones of the handshake
   */
  async openSocket(path, protocols, headers) {
    const { DirectSocket } = await import("./direct-socket.js");
    return new DirectSocket(this, path, protocols, headers);
  }

  /** Whether the app runs with other code than there is at present. */
  get isStale() {
    return this.#state === "running" && JSON.stringify(this.files) !== this.#startedFiles;
  }

  /** @type {Session["open"]} for our own modules */
  openPort(message) {
    return this.#session.open(message);
  }

  // Running

  /** @param {string} reason */
  async #park(reason) {
    await this.stop();
    if (this.#state === "stopped") this.#setState("stopped", reason);
  }

  async #start() {
    this.#stage = this.#stage.then((stage) => stage ?? this.#makeStage());
    this.#onStage((stage) => stage.divide());
    this.#setState("starting", texts.stages.download);
    try {
      const loaded = loadHost();
      await (await runningBlocks())?.add(this.#place);
      await loaded;
      if (this.#ending || this.#state !== "starting") throw new StartError("download", texts.startCancelled);
      this.#view.observe(this);
      this.#startedFiles = JSON.stringify(this.files);
      await this.#session.start(this.files);
      const { headline, whatToDo } = texts.incomplete;
      if (!(await this.#stage)) throw new StartError("download", whatToDo, headline);
    } catch (error) {
      const failure = error instanceof StartError ? error : new StartError("interpreter", String(error));
      // Stopped, or taken out of the page, in the meantime: that is no failure.
      if (!this.#ending && this.#state === "starting") this.#fail(failure);
      else running?.delete(this.#place);
      throw failure;
    }
    this.#setState("running", texts.running);
    this.#onStage((stage) => stage.show(this.baseURL, this.#session.unavailable?.message));
  }

  async #makeStage() {
    const module = await import("./ui/stage.js").catch(() => null); // the start will tell why
    if (!module) return null;
    const { caption, path, height } = this.#block;
    const app = {
      name: caption ?? this.#entry,
      path,
      fixedHeight: Boolean(height),
      fetch: this.fetch.bind(this),
      isOwn: (/** @type {string} */ file) => file in this.files,
      isRunning: () => this.#state === "running",
      session: this.#session,
    };
    const stage = new module.Stage(app, this, this.#storageKey);
    this.shadowRoot?.append(stage.element);
    if (this.isConnected) stage.previews.connect();
    return stage;
  }

  /**
   * Does it once the stage is there, and in order.
   * @param {(stage: Stage) => void} act
   */
  #onStage(act) {
    this.#stage.then((stage) => stage && act(stage));
  }

  /** @param {StartError} failure */
  #fail({ headline, detail, of }) {
    // Whatever was under way must not answer later.
    this.#session.discard();
    this.#setState("failed", headline, of);
    this.#stage.then((stage) => {
      stage?.output("stderr", `${detail}\n`);
      if (!stage && this.#state === "failed") this.#controls.tell(`${headline} ${detail}`);
    });
    this.#showLog();
  }

  #showLog() {
    this.#onStage((stage) => stage.showLog());
  }

  #showEdits() {
    if (this.#state === "running") this.#controls.stale(this.isStale);
  }

  async #stop() {
    this.#controls.tell(texts.stopping);
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
    this.#onStage((stage) => stage.receive(message));
    switch (message.type) {
      case "progress":
        this.#controls.progress(texts.stages[message.stage], message.loaded, message.total);
        if (message.stage === "import")
          this.#slowStart = setTimeout(() => this.#onStage((stage) => stage.showStart()), SLOW_START);
        break;
      case "waiting":
        this.#controls.wait(message.age);
        break;
      case "crashed":
        this.#fail(new StartError("running", message.message));
        break;
      case "written":
        this.#onStage((stage) => stage.offerKeeping(this.#controls.restart, this.#session));
        break;
      case "output": {
        const { stream, text } = message;
        this.#emit("output", { stream, text });
        break;
      }
      case "response": {
        const { method, path, status, duration, size } = message;
        running?.use(this.#place);
        this.#emit("response", { method, path, status, duration, size });
        break;
      }
    }
  }

  /**
   * @param {ElementState} state
   * @param {string} text
   * @param {StartError["of"]} [failure] whose it is, if the state is "failed"
   */
  #setState(state, text, failure) {
    this.#state = state;
    if (state === "failed" || state === "stopped") {
      running?.delete(this.#place);
      this.#view.disconnect();
    }
    clearTimeout(this.#slowStart);
    this.setAttribute("state", state);
    this.#controls.show(state, text, failure);
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
    if (!event.persisted && this.#state !== "idle") this.#session.leave();
  };

  get #entry() {
    return `${this.#block.app.split(":")[0].replaceAll(".", "/")}.py`;
  }

  get #storageKey() {
    return `asgi-docs:${location.pathname}:${this.#block.source}`;
  }

  #render() {
    const block = JSON.parse(this.dataset.block ?? "{}");
    this.#block = block;
    this.#session = new Session(block, (message) => this.#receive(message));
    const name = block.caption ?? this.#entry;
    this.#editor = new CodeEditor({
      host: this,
      replaced: () => [...this.children],
      label: texts.codeOf(this.#entry),
      readOnly: block.edit === false,
      original: block.files[this.#entry],
      entry: this.#entry,
      files: block.files,
      binary: Object.keys(block.binary ?? {}),
      load: () => import("./editor/panel.js"),
      newLines: block.since
        ? async () => (await import("./steps/new-lines.js")).newLinesSince(this, block)
        : undefined,
      storageKey: this.#storageKey,
      onRun: () => this.#run(),
      onLeave: () => this.#controls.focus(),
      onChange: () => this.#showEdits(),
      onReset: () =>
        this.dispatchEvent(new CustomEvent("asgi-docs.reset", { bubbles: true, composed: true })),
    });
    const underBar = {
      bar: () => this.#controls.element,
      onFailure: () => this.#controls.tell(`${texts.incomplete.headline} ${texts.incomplete.whatToDo}`),
    };
    const changes = new RowButton({
      icon: "changes",
      label: texts.whatChanged,
      isWorded: true,
      make: async () => (await import("./steps/row.js")).changesRow(this, block),
      ...underBar,
    });
    const takeHome = new RowButton({
      icon: "more",
      label: texts.takeHome,
      make: async () => new (await import("./take-home/row.js")).TakeHomeRow(this, block).element,
      ...underBar,
    });
    this.#controls = new Controls({
      name,
      onRun: () => this.#run(),
      onAim: () => this.#session.anticipate(),
      onStop: () => this.stop(),
      more: [
        ...(block.since ? [changes.element] : []),
        ...(block.edit === false ? [] : [this.#editor.edit, this.#editor.reset]),
        takeHome.element,
      ],
    });
    if (block.height) this.style.setProperty("--asgi-live-height", block.height);
    const style = element("link", { rel: "stylesheet", href: new URL("controls.css", import.meta.url).href });
    const root = this.attachShadow({ mode: "open" });
    root.append(style, element("slot"), this.#editor.element, this.#controls.element);
    // A page's shortcuts look at document.activeElement, which is this element whatever the reader types
    // into: Sphinx' "/" would take the reader from the editor to the search.
    for (const type of ["keydown", "keypress", "keyup"])
      root.addEventListener(type, (event) => event.stopPropagation());
    // A place that the log names.
    root.addEventListener("asgi-docs.goto", (event) => {
      const { file, line } = /** @type {CustomEvent} */ (event).detail;
      this.#editor.goTo(file, line);
    });
    // What the app's pages in the preview write (frame-client/cookies.js).
    root.addEventListener("asgi-docs.cookies", (event) => {
      const { detail, target } = /** @type {CustomEvent} */ (event);
      const client = Number(/** @type {HTMLElement} */ (target).dataset.client ?? 1);
      if (this.#session.writeCookies(detail, client)) event.preventDefault();
    });
  }
}
