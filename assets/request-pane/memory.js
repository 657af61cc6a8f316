// @ts-check
/**
 * What a reader has written and sent in the pane: it outlives a reload of the page.
 *
 * @import { Fields } from "./free-request.js"
 */

const MOST = 20;

export class Memory {
  /** @type {Fields | null} what the fields hold */ #draft = null;
  /** @type {Fields[]} the latest one first */ #sent = [];

  /** @param {string} key of the browser's storage for this tab */
  constructor(key) {
    this.key = key;
    try {
      ({ draft: this.#draft = null, sent: this.#sent = [] } = JSON.parse(
        sessionStorage.getItem(key) ?? "{}",
      ));
    } catch {
      // storage is blocked
    }
  }

  get draft() {
    return this.#draft;
  }

  set draft(fields) {
    this.#draft = fields;
    this.#store();
  }

  get sent() {
    return this.#sent;
  }

  /** @param {Fields} fields */
  remember(fields) {
    const text = JSON.stringify(fields);
    const others = this.#sent.filter((each) => JSON.stringify(each) !== text);
    this.#sent = [fields, ...others].slice(0, MOST);
    this.#store();
  }

  #store() {
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ draft: this.#draft, sent: this.#sent }));
    } catch {
      // storage is blocked, or full: it lives as long as the page
    }
  }
}
