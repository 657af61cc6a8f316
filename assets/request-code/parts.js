// @ts-check
/**
 * What all forms of a copied request begin with.
 *
 * @import { DocumentedRequest, HeaderPair, Json } from "../types.d.ts"
 *
 * @typedef {Pick<DocumentedRequest, "method" | "target" | "headers" | "body">} Request
 */

import { header, RECORDED_ORIGIN } from "../requests/answers.js";
import { isObject, JsonNumber, parseJson } from "../requests/exact-json.js";

/** @param {Request} request */
export function urlOf({ target }) {
  return RECORDED_ORIGIN + target;
}

/**
 * Cookies are those of the reader's visit, and mean nothing to another run of the app.
 * @param {Request} request
 * @returns {HeaderPair[]}
 */
export function headersOf({ headers }) {
  return headers.filter(([name]) => name.toLowerCase() !== "cookie");
}

/** @param {HeaderPair[]} headers */
export function withoutType(headers) {
  return headers.filter(([name]) => name.toLowerCase() !== "content-type");
}

/** @param {HeaderPair[]} headers */
export function haveDuplicates(headers) {
  return new Set(headers.map(([name]) => name.toLowerCase())).size < headers.length;
}

/**
 * The body's value, if it is plain JSON; what is written twice in an object is no value.
 * @param {Request} request
 * @returns {Json | undefined}
 */
export function jsonOf({ headers, body = "" }) {
  if (header(headers, "content-type")?.trim().toLowerCase() !== "application/json") return undefined;
  const value = parseJson(body);
  return value !== undefined && keysIn(body) === keysOf(value) ? value : undefined;
}

/** How many keys a JSON text has. @param {string} text */
function keysIn(text) {
  return text.match(/"(?:[^"\\]|\\.)*"\s*:?/g)?.filter((each) => each.endsWith(":")).length ?? 0;
}

/**
 * @param {Json} value
 * @returns {number}
 */
function keysOf(value) {
  if (Array.isArray(value)) return value.reduce((/** @type {number} */ sum, each) => sum + keysOf(each), 0);
  if (!isObject(value)) return 0;
  return Object.values(value).reduce((/** @type {number} */ sum, each) => sum + 1 + keysOf(each), 0);
}

/**
 * @param {Json} value
 * @returns {string[]} as they are written
 */
export function numbersIn(value) {
  if (value instanceof JsonNumber) return [value.text];
  if (Array.isArray(value)) return value.flatMap(numbersIn);
  return isObject(value) ? Object.values(value).flatMap(numbersIn) : [];
}

/**
 * A list on one line, or on a line for each.
 * @param {string} open
 * @param {string[]} parts
 * @param {string} close
 * @param {object} options
 * @param {string} options.indent of a level
 * @param {number} [options.width] of the line that it may fill
 */
export function listed(open, parts, close, { indent, width = 60 }) {
  const line = `${open}${parts.join(", ")}${close}`;
  if (line.length <= width && !line.includes("\n")) return line;
  const lines = parts.map((part) => `${indent}${part.replaceAll("\n", `\n${indent}`)},\n`);
  return `${open.trimEnd()}\n${lines.join("")}${close.trimStart()}`;
}
