// @ts-check
/**
 * Documented requests in the words of other tools, with references such as `{{create.body.id}}`.
 *
 * @import { DocumentedRequest } from "../types.d.ts"
 * @typedef {{ name: string, part: string, keys: string[] }} Reference to an earlier answer
 */

const REFERENCE = /\{\{\s*([\w-]+)\.(status|body|headers)((?:\.[\w-]+)*)\s*\}\}/g;

/**
 * The name that each request has in the file: its own, or its number.
 * @param {Pick<DocumentedRequest, "name">[]} requests
 */
export function namesOf(requests) {
  return requests.map(({ name }, index) => name?.replaceAll("-", "_") ?? `request_${index + 1}`);
}

/**
 * A text in its parts: plain ones, and references.
 * @param {string} text
 * @param {Pick<DocumentedRequest, "name">[]} requests all of them, as a reference may be a number
 * @returns {(string | Reference)[]}
 */
export function partsOf(text, requests) {
  const names = namesOf(requests);
  /** @type {(string | Reference)[]} */ const parts = [];
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const [whole, name, part, path] = match;
    const named = requests.map((each) => each.name).lastIndexOf(name);
    const index = named < 0 ? Number(name) - 1 : named;
    if (!(index in requests)) continue;
    parts.push(text.slice(end, match.index), { name: names[index], part, keys: path.split(".").slice(1) });
    end = match.index + whole.length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}
