// @ts-check
/**
 * JSON whose numbers stay as they are written: 9007199254740993 and 1.0 are no others.
 *
 * `JSON.parse` tells its reviver the source of a number, but not yet in all the browsers that we support:
 * https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/JSON/parse#browser_compatibility
 *
 * @import { Json } from "../types.d.ts"
 */

const STRING_OR_NUMBER = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|-?\d[\d.eE+-]*/g;

export class JsonNumber {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/**
 * @param {string} text
 * @returns {Json | undefined} undefined for what is no JSON
 */
export function parseJson(text) {
  // Strings and numbers both become strings, which their first character tells apart.
  const tagged = text.replace(STRING_OR_NUMBER, (all, string, colon) =>
    colon ? all : string ? `"s${string.slice(1)}` : `"n${all}"`,
  );
  try {
    JSON.parse(text);
    return JSON.parse(tagged, (_key, value) => (typeof value === "string" ? untagged(value) : value));
  } catch {
    return undefined;
  }
}

/** @param {string} tagged */
function untagged(tagged) {
  const text = tagged.slice(1);
  return tagged.startsWith("n") ? new JsonNumber(text) : text;
}

/**
 * @param {Json} value
 * @returns {string}
 */
export function jsonText(value) {
  if (value instanceof JsonNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(jsonText).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${jsonText(each)}`);
  return `{${members.join(", ")}}`;
}

/**
 * @param {Json | undefined} value
 * @returns {value is { [key: string]: Json }}
 */
export function isObject(value) {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber)
  );
}
