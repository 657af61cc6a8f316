// @ts-check
/**
 * A request in Python, with httpx (https://www.python-httpx.org/api/).
 *
 * @import { HeaderPair, Json } from "../types.d.ts"
 * @import { Request } from "./parts.js"
 */

import { header } from "../requests/answers.js";
import { isObject, JsonNumber } from "../requests/exact-json.js";
import { haveDuplicates, headersOf, jsonOf, listed, numbersIn, urlOf, withoutType } from "./parts.js";

const LAYOUT = { indent: "    " };
const WITH_BODY = ["POST", "PUT", "PATCH"];
const WITHOUT_BODY = ["GET", "HEAD", "DELETE", "OPTIONS"];

/** @param {Request} request */
export function httpx(request) {
  const { method, body } = request;
  const isUsual = WITH_BODY.includes(method) || (WITHOUT_BODY.includes(method) && body === undefined);
  const [name, first] = isUsual ? [method.toLowerCase(), []] : ["request", [string(method)]];
  const { headers, content } = contentOf(request);
  const given = headers.length ? [`headers=${headersText(headers)}`] : [];
  const call = listed(
    `httpx.${name}(`,
    [...first, string(urlOf(request)), ...given, ...content],
    ")",
    LAYOUT,
  );
  return `import httpx\n\nresponse = ${call}\nprint(response.status_code, response.text)\n`;
}

/**
 * @param {Request} request
 * @returns {{ headers: HeaderPair[], content: string[] }} the headers that httpx does not add itself
 */
function contentOf(request) {
  const { body } = request;
  const headers = headersOf(request);
  if (body === undefined) return { headers, content: [] };
  const json = jsonOf(request);
  if (json !== undefined && numbersIn(json).every(isFinitePythonNumber))
    return { headers: withoutType(headers), content: [`json=${literal(json)}`] };
  const form = formOf(request);
  if (form) return { headers: withoutType(headers), content: [`data=${pairs(form)}`] };
  return { headers, content: [`content=${string(body)}`] };
}

/** json= refuses what is no number in JSON. @param {string} number */
function isFinitePythonNumber(number) {
  return Number.isFinite(Number(number));
}

/**
 * The fields of a form, if a dictionary can hold them.
 * @param {Request} request
 * @returns {[string, string][] | null}
 */
function formOf({ headers, body = "" }) {
  if (header(headers, "content-type")?.trim().toLowerCase() !== "application/x-www-form-urlencoded")
    return null;
  const fields = [...new URLSearchParams(body)];
  const isPlain = String(new URLSearchParams(fields)) === body.replaceAll("%20", "+");
  return isPlain && !haveDuplicates(fields) ? fields : null;
}

/** @param {HeaderPair[]} headers */
function headersText(headers) {
  if (!haveDuplicates(headers)) return pairs(headers);
  return listed(
    "[",
    headers.map(([name, value]) => `(${string(name)}, ${string(value)})`),
    "]",
    LAYOUT,
  );
}

/** @param {[string, string][]} entries */
function pairs(entries) {
  return listed(
    "{",
    entries.map(([name, value]) => `${string(name)}: ${string(value)}`),
    "}",
    LAYOUT,
  );
}

/**
 * @param {Json} value
 * @returns {string}
 */
function literal(value) {
  if (value instanceof JsonNumber) return value.text;
  if (Array.isArray(value)) return listed("[", value.map(literal), "]", LAYOUT);
  if (isObject(value)) {
    const members = Object.entries(value).map(([key, each]) => `${string(key)}: ${literal(each)}`);
    return listed("{", members, "}", LAYOUT);
  }
  if (typeof value === "string") return string(value);
  return value === null ? "None" : value ? "True" : "False";
}

/** What JSON escapes, Python escapes in the same way. @param {string} text */
function string(text) {
  return JSON.stringify(text);
}
