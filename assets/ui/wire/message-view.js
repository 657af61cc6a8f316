// @ts-check
/**
 * One event of an exchange, as an element.
 *
 * @import { WireEvent } from "../../types.d.ts"
 */

import { duration, size } from "../amounts.js";
import { element } from "../dom.js";
import { hexDump } from "./hex.js";
import { texts } from "./texts.js";

/** What a message says that is no more than its type. */
const BARE = /^\{'type': '[^']*'\}$/;

/** @type {Record<WireEvent["kind"], string>} */
const KINDS = { scope: "scope", receive: "receive()", send: "send()", ...texts.kinds };

/** @param {WireEvent} event */
export function messageView(event) {
  const { kind, at } = event;
  const words = [
    element("span", { class: "time" }, `+${duration(at)}`),
    " ",
    element("span", { class: "kind" }, KINDS[kind]),
    ...(event.type ? [" ", element("b", {}, event.type)] : []),
    ...(event.size === null ? [] : [" ", element("span", { class: "size" }, size(event.size))]),
  ];
  if (kind === "scope") {
    const details = element("details", {}, element("summary", { class: "what" }, ...words), code(event.text));
    return element("li", { class: kind }, details);
  }
  return element("li", { class: kind }, element("div", { class: "what" }, ...words), ...contents(event));
}

/** @param {WireEvent} event */
function contents({ text, size, body, binary }) {
  const parts = text && !BARE.test(text) ? [code(text)] : [];
  if (!body) return parts;
  parts.push(element("pre", { class: "body" }, binary ? hexDump(body) : body));
  const isWhole = size === (binary ? body.length / 2 : new TextEncoder().encode(body).length);
  return isWhole ? parts : [...parts, element("p", { class: "hint" }, texts.beginning)];
}

/** @param {string} text */
function code(text) {
  return element("pre", { class: "code" }, text);
}
