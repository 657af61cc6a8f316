// @ts-check
/**
 * JSON for people to read, as asgi_docs/block/requests/display.py has it.
 *
 * @import { Json } from "../types.d.ts"
 */

import { isObject, jsonText, parseJson } from "./exact-json.js";

const WIDTH = 72;

/** @param {string} text */
export function jsonLines(text) {
  const value = text.length > WIDTH ? parseJson(text) : undefined;
  return value === undefined ? text : indented(value, "");
}

/**
 * @param {Json} value
 * @param {string} indent
 * @returns {string}
 */
function indented(value, indent) {
  const deeper = `${indent}  `;
  if (Array.isArray(value) && value.length)
    return enclosed(
      "[",
      value.map((each) => indented(each, deeper)),
      "]",
      indent,
    );
  if (!isObject(value) || !Object.keys(value).length) return jsonText(value);
  const members = Object.entries(value).map(
    ([key, each]) => `${JSON.stringify(key)}: ${indented(each, deeper)}`,
  );
  return enclosed("{", members, "}", indent);
}

/**
 * @param {string} open
 * @param {string[]} parts
 * @param {string} close
 * @param {string} indent
 */
function enclosed(open, parts, close, indent) {
  return `${open}\n${parts.map((part) => `${indent}  ${part}`).join(",\n")}\n${indent}${close}`;
}
