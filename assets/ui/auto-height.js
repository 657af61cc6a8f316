// @ts-check
/**
 * The preview is as high as the app's pages need, up to a cap. It grows and does not shrink, so that
 * the page below does not jump from link to link; a reader who drags it has the last word.
 */

const CAP_IN_EM = 30;

export class AutoHeight {
  #dragged = false;
  /** @type {ResizeObserver | undefined} */ #observer;

  /** @param {HTMLIFrameElement} frame */
  constructor(frame) {
    this.frame = frame;
    frame.addEventListener("pointerdown", () => {
      this.#dragged = true;
    });
  }

  /** Follows the page that the frame shows now. */
  follow() {
    this.#observer?.disconnect();
    const root = this.frame.contentDocument?.documentElement;
    if (!root) return;
    this.#observer = new ResizeObserver(() => this.#grow(root));
    this.#observer.observe(root);
  }

  /** @param {HTMLElement} root */
  #grow(root) {
    if (this.#dragged) return;
    const cap = CAP_IN_EM * Number.parseFloat(getComputedStyle(this.frame).fontSize);
    const present = this.frame.clientHeight;
    const { height } = root.getBoundingClientRect();
    // Exactly as high as its window: a layout of 100vh, which wants what it can get.
    const wanted = Math.round(height) === present ? cap : Math.ceil(height);
    if (wanted > present) this.frame.style.blockSize = `${Math.min(wanted, cap)}px`;
  }
}
