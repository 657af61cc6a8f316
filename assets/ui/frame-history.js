// @ts-check
/**
 * Back and forward inside the preview, and never out of it: `history.back()` of a frame belongs to
 * the whole tab, and would sooner or later leave the documentation page.
 */

/** @typedef {{ canGoBack: boolean, canGoForward: boolean, back(): unknown, forward(): unknown }} Navigation */

export class FrameHistory {
  /** Where the frame has been, for browsers without the Navigation API. */
  /** @type {string[]} */ #visited = [];
  #position = -1;

  /** @param {HTMLIFrameElement} frame */
  constructor(frame) {
    this.frame = frame;
  }

  get canGoBack() {
    return this.#navigation ? this.#navigation.canGoBack : this.#position > 0;
  }

  get canGoForward() {
    return this.#navigation ? this.#navigation.canGoForward : this.#position < this.#visited.length - 1;
  }

  back() {
    this.#go("back", -1);
  }

  forward() {
    this.#go("forward", 1);
  }

  /** @param {string} url that the frame shows now */
  visited(url) {
    if (this.#visited[this.#position] === url) return;
    this.#visited.splice(this.#position + 1, Infinity, url);
    this.#position += 1;
  }

  /**
   * @param {"back" | "forward"} direction
   * @param {1 | -1} step
   */
  #go(direction, step) {
    if (this.#navigation) return void this.#navigation[direction]();
    this.#position += step;
    this.frame.contentWindow?.location.replace(this.#visited[this.#position]);
  }

  /** @returns {Navigation | undefined} */
  get #navigation() {
    try {
      return /** @type {any} */ (this.frame.contentWindow)?.navigation;
    } catch {
      return undefined; // the frame shows another site
    }
  }
}
