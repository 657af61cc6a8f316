// @ts-check
/**
 * What a reader can start from: the requests that the page documents, and those sent before.
 *
 * @import { Conversation } from "../requests/conversation.js"
 * @import { Fields } from "./free-request.js"
 * @import { Memory } from "./memory.js"
 */

import { element } from "../ui/dom.js";
import { fieldsOf } from "./free-request.js";
import { texts as words } from "./texts.js";

export class StartingPoints {
  #lists = element("div", { class: "lists" });
  #summary = element("summary", {}, words.startFrom);

  /**
   * @param {Conversation} conversation
   * @param {Memory} memory
   * @param {(fields: Fields) => void} onChoice
   */
  constructor(conversation, memory, onChoice) {
    this.conversation = conversation;
    this.memory = memory;
    this.onChoice = onChoice;
    this.element = element("details", { class: "starts" }, this.#summary, this.#lists);
    this.element.addEventListener("toggle", () => this.element.open && this.#fill());
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.element.open) return;
      this.element.open = false;
      this.#summary.focus();
    });
  }

  #fill() {
    const documented = this.conversation.documented.map(({ request }) =>
      this.#entry(words.asDocumented(`${request.method} ${request.target}`), fieldsOf(request)),
    );
    const sent = this.memory.sent.map((fields) => this.#entry(`${fields.method} ${fields.path}`, fields));
    this.#lists.replaceChildren(
      ...list(words.documented, documented),
      ...(sent.length ? list(words.sent, sent) : [element("p", { class: "hint" }, words.nothingToStartFrom)]),
    );
  }

  /**
   * @param {string} label
   * @param {Fields} fields
   */
  #entry(label, fields) {
    const choose = () => {
      this.element.open = false;
      this.onChoice(fields);
    };
    const { headers, body } = fields;
    const title = [headers, body].filter(Boolean).join("\n\n").slice(0, 500);
    const button = element("button", { type: "button", class: "entry", onclick: choose }, label);
    if (title) button.title = title;
    return element("li", {}, button);
  }
}

/**
 * @param {string} label
 * @param {HTMLElement[]} entries
 */
function list(label, entries) {
  if (!entries.length) return [];
  return [element("h4", {}, label), element("ul", { "aria-label": label }, ...entries)];
}
