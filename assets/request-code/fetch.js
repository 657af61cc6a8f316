// @ts-check
/**
 * A request in JavaScript, with fetch (https://fetch.spec.whatwg.org/).
 *
 * @import { Request } from "./parts.js"
 */

import { jsonText } from "../requests/exact-json.js";
import { haveDuplicates, headersOf, jsonOf, listed, numbersIn, urlOf } from "./parts.js";
import { texts as words } from "./texts.js";

const LAYOUT = { indent: "  " };

/**
 * @param {Request} request
 * @throws {Error} fetch() cannot send it
 */
export function javascript(request) {
  const { method, body } = request;
  if (body !== undefined && ["GET", "HEAD"].includes(method)) throw new Error(words.noBodyWith(method));
  const headers = headersOf(request);
  const options = [
    ...(method === "GET" ? [] : [`method: ${JSON.stringify(method)}`]),
    ...(headers.length ? [`headers: ${headersText(headers)}`] : []),
    ...(body === undefined ? [] : [`body: ${bodyText(request)}`]),
  ];
  const given = [
    JSON.stringify(urlOf(request)),
    ...(options.length ? [listed("{ ", options, " }", LAYOUT)] : []),
  ];
  return `const response = await fetch(${given.join(", ")});\nconsole.log(response.status, await response.text());\n`;
}

/** @param {[string, string][]} headers */
function headersText(headers) {
  const pairs = headers.map((pair) => pair.map((text) => JSON.stringify(text)));
  if (haveDuplicates(headers))
    return listed(
      "[",
      pairs.map((pair) => `[${pair.join(", ")}]`),
      "]",
      LAYOUT,
    );
  return listed(
    "{ ",
    pairs.map((pair) => pair.join(": ")),
    " }",
    LAYOUT,
  );
}

/** @param {Request} request */
function bodyText(request) {
  const json = jsonOf(request);
  const text = json === undefined ? "" : jsonText(json);
  // A script has no other numbers than these, and takes this name for something else.
  const isSame = text && numbersIn(json ?? null).every((each) => String(Number(each)) === each);
  if (!isSame || text.includes('"__proto__"')) return JSON.stringify(request.body);
  return `JSON.stringify(${text})`;
}
