// @ts-check
/**
 * The fields that a reader writes a request in.
 *
 * @import { AppRoute } from "../types.d.ts"
 * @import { Fields } from "./free-request.js"
 */

import { element } from "../ui/dom.js";
import { hasContentType, SOCKET, typeOf } from "./free-request.js";
import { openParameter } from "./route-matching.js";
import { texts as words } from "./texts.js";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", SOCKET];
const WITH_BODY = ["POST", "PUT", "PATCH"];
const OTHER = "";
/** What browsers must not do to text that a program reads. */
const AS_TYPED = { spellcheck: "false", autocapitalize: "off", autocomplete: "off" };

export class RequestFields {
  #method = element("select", { "aria-label": words.method });
  #otherMethod = element("input", {
    type: "text",
    class: "other",
    "aria-label": words.methodName,
    hidden: true,
    ...AS_TYPED,
  });
  #headers = area("Accept: text/html");
  #body = area("");
  #type = element("p", { class: "hint" });
  #headersPart = part(words.headers, this.#headers);
  #bodyPart = part(words.body, this.#body, this.#type);
  /** What a route's example has put into the body. */
  #example = "";

  /** @param {() => void} onChange the reader has changed something */
  constructor(onChange) {
    this.onChange = onChange;
    for (const name of METHODS) this.#method.append(element("option", {}, name));
    this.#method.append(element("option", { value: OTHER }, words.otherMethod));
    this.path = element("input", {
      type: "text",
      class: "path",
      "aria-label": words.path,
      placeholder: "/books?limit=2",
      ...AS_TYPED,
    });
    this.line = [this.#method, this.#otherMethod, this.path];
    this.more = [this.#headersPart, this.#bodyPart];
    this.#method.addEventListener("change", () => {
      this.#otherMethod.hidden = this.#method.value !== OTHER;
      if (!this.#otherMethod.hidden) this.#otherMethod.focus();
      if (WITH_BODY.includes(this.method)) this.#bodyPart.open = true;
    });
    for (const each of [...this.line, this.#headers, this.#body])
      each.addEventListener("input", () => this.#changed());
  }

  get method() {
    return this.#method.value === OTHER ? this.#otherMethod.value : this.#method.value;
  }

  get isSocket() {
    return this.method === SOCKET;
  }

  /** @returns {Fields} */
  get value() {
    const { method } = this;
    return { method, path: this.path.value, headers: this.#headers.value, body: this.#body.value };
  }

  set value({ method, path, headers, body }) {
    const isUsual = [...this.#method.options].some(({ value }) => value === method);
    this.#method.value = isUsual ? method : OTHER;
    this.#otherMethod.value = isUsual ? "" : method;
    this.#otherMethod.hidden = isUsual;
    this.path.value = path;
    this.#headers.value = headers;
    this.#body.value = body;
    this.#headersPart.open = headers !== "";
    this.#bodyPart.open = body !== "" || WITH_BODY.includes(method);
    this.#changed();
  }

  /**
   * The fields become those of a route; what the reader has written in the body stays.
   * @param {AppRoute} route
   */
  take({ method, path, body }) {
    const { headers, body: present } = this.value;
    const isFree = !present || present === this.#example;
    this.#example = body;
    this.value = { method, path, headers, body: isFree ? body : present };
    this.selectParameter();
  }

  /** Puts the place of the next parameter under the keyboard. */
  selectParameter() {
    const { start, end } = openParameter(this.path.value) ?? { start: this.path.value.length };
    this.path.focus();
    this.path.setSelectionRange(start, end ?? start);
  }

  #changed() {
    const { value: body } = this.#body;
    if (!body) this.#type.textContent = words.noBody;
    else if (hasContentType(this.#headers.value)) this.#type.textContent = words.sentAsWritten;
    else this.#type.textContent = words.sentAs(typeOf(body));
    for (const each of [this.#headers, this.#body])
      each.rows = Math.min(Math.max(each.value.split("\n").length, 2), 12);
    this.#bodyPart.hidden = this.isSocket;
    this.onChange();
  }
}

/** @param {string} placeholder */
function area(placeholder) {
  return element("textarea", { placeholder, rows: "2", wrap: "off", ...AS_TYPED });
}

/**
 * @param {string} label
 * @param {HTMLTextAreaElement} field
 * @param {HTMLElement[]} more
 */
function part(label, field, ...more) {
  field.ariaLabel = label;
  return element("details", { class: "part" }, element("summary", {}, label), field, ...more);
}
