// @ts-check

/** Milliseconds between two messages: a print() in a loop would else flood the page with them. */
const INTERVAL = 50;

/** Collects what an app prints into few messages; nothing stays for longer than the interval. */
export class OutputBuffer {
  /** @type {"stdout" | "stderr"} */ #stream = "stdout";
  #text = "";
  #last = 0;
  #timer = 0;

  /** @param {(stream: "stdout" | "stderr", text: string) => void} send */
  constructor(send) {
    this.send = send;
  }

  /**
   * @param {"stdout" | "stderr"} stream
   * @param {string} text
   */
  write(stream, text) {
    if (stream !== this.#stream) this.flush();
    this.#stream = stream;
    this.#text += text;
    // By the clock and not by the timer alone: a loop without an end lets no timer fire.
    if (performance.now() - this.#last >= INTERVAL) this.flush();
    else this.#timer ||= setTimeout(() => this.flush(), INTERVAL);
  }

  flush() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (!this.#text) return;
    this.send(this.#stream, this.#text);
    this.#text = "";
    this.#last = performance.now();
  }
}
