// @ts-check
/** An answer of server-sent events, one by one with the time of each. */

import { EventStream } from "./event-stream.js";
import { MessageList } from "./message-list.js";
import { texts as words } from "./texts.js";

export class EventList {
  #stream = new EventStream();
  #list = new MessageList(words.events);
  element = this.#list.element;

  /** @param {string} text the next part of the body */
  add(text) {
    for (const { type, id, data } of this.#stream.read(text))
      this.#list.add("in", [type || words.message, ...(id ? [`#${id}`] : [])].join(" "), data);
  }
}
