// @ts-check
/**
 * What the page is told of one answer, while its parts pass through the Python worker: this is the one place
 * that all of them pass, whoever has asked.
 *
 * @import { HeaderPair, PythonMessage } from "./types.d.ts"
 */

/** Bytes of a refusal in JSON up to which its text is told, too. */
const REFUSAL_LIMIT = 16 << 10;

export class AnswerReport {
  #began = performance.now();
  #size = 0;
  #isOpen = false;
  /** @type {TextDecoder | null} of a body that may be a refusal */ #decoder = null;
  #refusal = "";

  /**
   * @param {(message: PythonMessage) => void} post to the page
   * @param {{ key: string, method: string, path: string }} request
   */
  constructor(post, request) {
    this.post = post;
    this.request = request;
  }

  /**
   * @param {{ status: number, reason: string, headers: HeaderPair[] }} head
   * @param {Uint8Array | undefined} content
   * @param {boolean} more
   */
  start({ status, reason, headers }, content, more) {
    if (status >= 400 && status < 500 && isPlainJson(headers)) this.#decoder = new TextDecoder();
    this.#take(content, more);
    const { duration } = this;
    this.#isOpen = more;
    const size = more ? null : this.#size;
    this.post({ type: "response", ...this.request, status, reason, duration, size, ...this.#told(more) });
  }

  /**
   * @param {Uint8Array | undefined} content before it is handed on, as it is gone then
   * @param {boolean} more
   */
  body(content, more) {
    this.#take(content, more);
    if (!more) this.#end(true);
  }

  /** There is no more to come: the client is gone, or the app has failed. */
  cut() {
    this.#end(false);
  }

  get duration() {
    return performance.now() - this.#began;
  }

  /** @param {boolean} isWhole */
  #end(isWhole) {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const { duration, request } = this;
    const { key } = request;
    this.post({ type: "response.end", key, duration, size: this.#size, isWhole, ...this.#told(!isWhole) });
  }

  /** @param {Uint8Array | undefined} content @param {boolean} more */
  #take(content, more) {
    this.#size += content?.byteLength ?? 0;
    if (this.#size > REFUSAL_LIMIT) this.#decoder = null;
    if (this.#decoder) this.#refusal += this.#decoder.decode(content, { stream: more });
  }

  /** @param {boolean} more */
  #told(more) {
    return this.#decoder && !more ? { refusal: this.#refusal } : {};
  }
}

/** @param {HeaderPair[]} headers */
function isPlainJson(headers) {
  const fields = new Map(headers);
  const type = fields.get("content-type") ?? "";
  return /^application\/([\w.+-]+\+)?json\b/i.test(type) && !fields.has("content-encoding");
}
