// @ts-check
/** What an app says against a request: the parameters that a framework's 422 or 400 is about. */

import { texts } from "./texts.js";

/** Parameters that are told for one answer, and characters of a value that was sent. */
const SHOWN = 5;
const VALUE_LENGTH = 60;

/**
 * @param {string} body of a 4xx, JSON
 * @param {string} reason the status in words, which need not be told again
 * @returns {string[]} lines
 */
export function refusals(body, reason) {
  /** @type {any} */
  let answer;
  try {
    answer = JSON.parse(body);
  } catch {
    return [];
  }
  const { detail, extra } = Object(answer);
  const found = [...listed(detail).map(ofPydantic), ...listed(extra).map(ofLitestar)].filter(Boolean);
  if (found.length === 0) return typeof detail === "string" && detail && detail !== reason ? [detail] : [];
  const more = found.length - SHOWN;
  return more > 0 ? [...found.slice(0, SHOWN), texts.moreRefusals(more)] : found;
}

/** @param {unknown} value */
function listed(value) {
  return Array.isArray(value) ? value.map(Object) : [];
}

/**
 * As FastAPI and Django Ninja pass on what Pydantic says.
 * @param {any} error
 */
function ofPydantic({ loc, msg, type, input, ctx }) {
  if (typeof msg !== "string") return "";
  const [source, ...path] = Array.isArray(loc) ? loc : [];
  // Its place is a character, and its input is nothing that the client has sent.
  if (type === "json_invalid")
    return told(String(source), [msg, ctx?.error].filter(Boolean).join(": "), undefined);
  const sent = type === "missing" || input === undefined ? undefined : value(input);
  return told([source, joined(path)].filter(Boolean).join(" "), msg, sent);
}

/** @param {any} error */
function ofLitestar({ message, key, source }) {
  return typeof message === "string" ? told([source, key].filter(Boolean).join(" "), message, undefined) : "";
}

/** @param {(string | number)[]} path */
function joined(path) {
  return path
    .map((part, at) => (typeof part === "number" ? `[${part}]` : `${at > 0 ? "." : ""}${part}`))
    .join("");
}

/** @param {unknown} input */
function value(input) {
  const text = typeof input === "string" ? `'${input}'` : JSON.stringify(input);
  return text.length > VALUE_LENGTH ? `${text.slice(0, VALUE_LENGTH)}…` : text;
}

/**
 * @param {string} place
 * @param {string} message
 * @param {string | undefined} input
 */
function told(place, message, input) {
  const text = place ? `${place}: ${message}` : message;
  return input === undefined ? text : texts.was(text, input);
}
