// @ts-check
/**
 * Reads server-sent events as they come.
 *
 * Specification: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 *
 * @typedef {object} ServerEvent
 * @property {string} type empty when the app names none
 * @property {string} id
 * @property {string} data
 */

export class EventStream {
  /** What has come of a line whose end has not. */
  #rest = "";
  #isFirst = true;
  /** @type {{ type: string, data: string[] }} */ #event = { type: "", data: [] };
  #id = "";

  /**
   * @param {string} text the next part of the stream
   * @returns {ServerEvent[]} those that are complete with it
   */
  read(text) {
    let all = this.#rest + text;
    if (this.#isFirst && all) {
      all = all.replace(/^\ufeff/, "");
      this.#isFirst = false;
    }
    // A carriage return at the end may be half of a line's end.
    const isHalf = all.endsWith("\r");
    const lines = (isHalf ? all.slice(0, -1) : all).split(/\r\n|\n|\r/);
    this.#rest = (lines.pop() ?? "") + (isHalf ? "\r" : "");
    return lines.flatMap((line) => this.#take(line));
  }

  /**
   * @param {string} line
   * @returns {ServerEvent[]} none, or one
   */
  #take(line) {
    if (line === "") return this.#dispatch();
    const [, field, value] = /** @type {RegExpExecArray} */ (/^([^:]*):? ?(.*)$/s.exec(line));
    if (field === "data") this.#event.data.push(value);
    else if (field === "event") this.#event.type = value;
    else if (field === "id" && !value.includes("\0")) this.#id = value;
    return [];
  }

  #dispatch() {
    const { type, data } = this.#event;
    this.#event = { type: "", data: [] };
    return data.length ? [{ type, id: this.#id, data: data.join("\n") }] : [];
  }
}
