// @ts-check
/** The preview: a frame with the app's own pages, and an address bar that shows the app's own path. */

import { texts } from "../texts.js";
import { AutoHeight } from "./auto-height.js";
import { element, icon, iconButton } from "./dom.js";
import { FrameHistory } from "./frame-history.js";

/** How often in a row the frame is brought back before we let it be. */
const MAX_REPAIRS = 3;

export class BrowserPane {
  #repairs = 0;
  #typing = false;
  /** @type {string} absolute URL of the mount */ #mount = "";

  /**
   * @param {object} options
   * @param {string} options.name of the app, for assistive technology
   * @param {string} options.path that opens first
   * @param {boolean} options.fixedHeight whether the author has set the height
   * @param {(path: string) => Promise<Response>} options.fetch straight to the app, for readers without a service worker
   * @param {HTMLElement | null} options.tool a further one in its bar
   */
  constructor({ name, path, fixedHeight, fetch, tool }) {
    this.path = path;
    this.fetch = fetch;
    this.frame = element("iframe", {
      part: "frame",
      title: texts.previewOf(name),
      onload: () => this.#loaded(),
    });
    this.history = new FrameHistory(this.frame);
    this.height = fixedHeight ? null : new AutoHeight(this.frame);
    this.back = iconButton("back", texts.back, () => this.history.back());
    this.forward = iconButton("forward", texts.forward, () => this.history.forward());
    this.reload = iconButton("restart", texts.reload, () => this.#reload());
    this.address = element("input", {
      type: "text",
      "aria-label": texts.address,
      spellcheck: "false",
      autocapitalize: "off",
      autocomplete: "off",
    });
    // What is being typed is the reader's, until it is sent or left.
    this.address.addEventListener("input", () => {
      this.#typing = true;
    });
    this.address.addEventListener("blur", () => {
      this.#typing = false;
    });
    this.address.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.#showAddress();
    });
    this.open = element(
      "a",
      { class: "quiet", target: "_blank", title: texts.openInTab, "aria-label": texts.openInTab },
      icon("open"),
    );
    this.full = iconButton("full", texts.fullScreen, () => this.#toggleFullScreen());
    this.full.hidden = !document.fullscreenEnabled;
    const bar = element(
      "form",
      { class: "address", part: "address", onsubmit: (event) => this.#submit(event) },
      this.back,
      this.forward,
      this.reload,
      this.address,
      ...(tool ? [tool] : []),
      this.open,
      this.full,
    );
    this.answer = element("div", { class: "answer", hidden: true });
    this.element = element("div", { class: "preview", part: "preview" }, bar, this.frame, this.answer);
    this.element.addEventListener("fullscreenchange", () =>
      this.full.setAttribute("aria-pressed", String(this.element.matches(":fullscreen"))),
    );
  }

  /** Begins to hear of the app's history.pushState(), which loads nothing, and of its `top.location`. */
  connect() {
    addEventListener("message", this.#onMessage);
    navigationOf(window)?.addEventListener("navigate", this.#onNavigate);
  }

  /** The pane leaves the page. */
  disconnect() {
    removeEventListener("message", this.#onMessage);
    navigationOf(window)?.removeEventListener("navigate", this.#onNavigate);
  }

  /**
   * `top` means the documentation page to the app's scripts, and nothing can change that: what they set
   * `top.location` to is brought back into the frame. Whose scripts they are stands in the call stack.
   * @param {Event} event
   */
  #onNavigate = (event) => {
    const { destination, userInitiated } = /** @type {any} */ (event);
    if (!this.#mount || !event.cancelable || userInitiated || destination.sameDocument) return;
    const { stack = "" } = new Error();
    // Of other apps and clients of the page, too: theirs may lead here all the same.
    const isOfAnApp = stack.includes(this.#mount.replace(/[^~]+$/, ""));
    const ours = isOfAnApp ? stack.includes(this.#mount) : destination.url.startsWith(this.#mount);
    if (!ours || !this.frame.contentWindow) return;
    event.preventDefault();
    this.frame.contentWindow.location.href = destination.url;
  };

  /** @param {MessageEvent} event */
  #onMessage = ({ source, origin, data }) => {
    const ours = source === this.frame.contentWindow && origin === location.origin;
    if (ours && data?.type === "asgi-docs.location") this.#arrived();
  };

  /**
   * Shows the app, where the reader last was in it.
   * @param {string} mount
   */
  show(mount) {
    this.#mount = mount;
    this.#repairs = 0;
    this.frame.hidden = false;
    this.answer.hidden = true;
    this.open.hidden = false;
    if (this.#showsErrorPage) this.frame.classList.remove("loaded"); // until the app answers
    const url = this.#mount + this.path.slice(1);
    // With a fragment, an equal URL would not load anew.
    const same = withoutHash(this.frame.contentDocument?.URL ?? "") === withoutHash(url);
    if (same && url.includes("#")) this.#reload();
    else this.#go(this.path);
  }

  /**
   * Without a service worker: says why there is no preview, and answers the address bar by direct requests.
   * @param {string} reason
   */
  async explain(reason) {
    this.frame.hidden = true;
    this.answer.hidden = false;
    this.open.hidden = true;
    this.back.disabled = this.forward.disabled = true;
    const note = element(
      "p",
      { class: "note" },
      element("strong", {}, texts.noPreview),
      ` ${reason} ${texts.requestsOnly}`,
    );
    this.result = element("pre", { tabindex: "0" });
    this.answer.replaceChildren(note, this.result);
    await this.#request(this.path);
  }

  #toggleFullScreen() {
    const leaves = this.element.matches(":fullscreen");
    const changed = leaves ? document.exitFullscreen() : this.element.requestFullscreen();
    changed.catch(() => {}); // the page is embedded where it may not
  }

  #showAddress() {
    this.#typing = false;
    this.address.value = this.path;
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    this.#typing = false;
    this.#go(this.address.value);
  }

  /** @param {string} path */
  #go(path) {
    const absolute = path.startsWith("/") ? path : `/${path}`;
    if (this.frame.hidden) return void this.#request(absolute);
    const url = this.#mount + absolute.slice(1);
    this.address.value = absolute;
    const { contentWindow, contentDocument } = this.frame;
    // The empty page of the beginning must not be one to go back to, as in Firefox after `frame.src = url`.
    if (contentDocument?.URL === "about:blank") contentWindow?.location.replace(url);
    // Not assign(): that is refused while the frame shows another site.
    else if (contentWindow) contentWindow.location.href = url;
  }

  #reload() {
    if (this.frame.hidden) return void this.#request(this.path);
    try {
      this.frame.contentWindow?.location.reload();
    } catch {
      this.#go(this.path); // the frame shows another site
    }
  }

  /** @param {string} path */
  async #request(path) {
    this.path = this.address.value = path;
    const { result } = this;
    if (!result) return;
    try {
      const response = await this.fetch(path);
      const type = response.headers.get("content-type") ?? "";
      const text = /^text\/|json|xml|javascript/.test(type) ? await response.text() : `(${type})`;
      result.textContent = `GET ${path} → ${response.status} ${type}\n\n${text}`;
    } catch (error) {
      result.textContent = /** @type {Error} */ (error).message;
    }
  }

  #loaded() {
    const { contentWindow } = this.frame;
    /** @type {URL} */ let url;
    try {
      url = new URL(/** @type {Window} */ (contentWindow).location.href);
    } catch {
      return; // another site: not ours to look into
    }
    if (url.protocol === "about:" || !contentWindow) return;
    const inside = url.href.startsWith(this.#mount);
    const controlled = Boolean(contentWindow.navigator.serviceWorker?.controller);
    if (inside && controlled) this.#repairs = 0;
    else if (this.#repairs++ < MAX_REPAIRS) {
      // Firefox loads the frame past the service worker when the page was hard-reloaded; and without the
      // Navigation API, `location = "/x"` in the app leaves the mount (frame-client/navigations.js).
      if (inside) contentWindow.location.reload();
      else contentWindow.location.replace(this.#mount + url.pathname.slice(1) + url.search + url.hash);
      return;
    }
    this.frame.classList.add("loaded");
    // A page of the service worker's in the app's place is not where the reader wants to be again.
    if (this.#showsErrorPage) return;
    this.height?.follow();
    this.#arrived();
  }

  /** Whether the frame shows a page of the service worker's (errorPage) and not of the app. */
  get #showsErrorPage() {
    return Boolean(this.frame.contentDocument?.querySelector("meta[name=asgi-docs]"));
  }

  #arrived() {
    const { href } = /** @type {Window} */ (this.frame.contentWindow).location;
    if (!href.startsWith(this.#mount)) return;
    this.path = `/${href.slice(this.#mount.length)}`;
    if (!this.#typing) this.#showAddress();
    this.open.href = href;
    this.history.visited(href);
    this.back.disabled = !this.history.canGoBack;
    this.forward.disabled = !this.history.canGoForward;
  }
}

/**
 * @param {Window} target
 * @returns {EventTarget | undefined} nothing where browsers have no Navigation API
 */
function navigationOf(target) {
  return /** @type {any} */ (target).navigation;
}

/** @param {string} url */
function withoutHash(url) {
  return url.split("#", 1)[0];
}
