// @ts-check

/** Milliseconds of a window, and the messages in it that go out at once. */
const INTERVAL = 50;
const BURST = 20;

/**
 * Sends what an app prints: at once what people print, in few messages what a loop prints, which would
 * else flood the page. By the clock: in a loop without an end no timer fires.
 */
export class OutputBuffer {
  /** @type {"stdout" | "stderr"} */ #stream = "stdout";
  #text = "";
  #began = 0;
  #sent = 0;
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
    const now = performance.now();
    if (now - this.#began >= INTERVAL) {
      this.#began = now;
      this.#sent = 0;
    }
    if (this.#sent < BURST) this.flush();
    else this.#timer ||= setTimeout(() => this.flush(), INTERVAL);
  }

  flush() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (!this.#text) return;
    this.#sent += 1;
    this.send(this.#stream, this.#text);
    this.#text = "";
  }
}
