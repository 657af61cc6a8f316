// @ts-check
/**
 * Reads a request that a reader has edited. The grammar is that of asgi_docs/block/requests/http_text.py;
 * both are tested with tests/http_text.json.
 *
 * @import { HeaderPair } from "../types.d.ts"
 */

import { texts } from "./texts.js";

const { wrong } = texts;

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"; // https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
const COMMENT = /^(?:#|\/\/)(?!##)/;
const REQUEST_LINE = /^(?:([A-Za-z]+)\s+)?(\S.*?)(?:\s+HTTP\/\d(?:\.\d)?)?$/;
const QUERY_LINE = /^\s+([?&]\S+)\s*$/;
const METHOD = new RegExp(`^${TOKEN}$`);
const HEADER = new RegExp(`^(${TOKEN}):\\s*(.*)$`);
const OWN_HOSTS = ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"];

/** @typedef {{ method: string, target: string, headers: HeaderPair[], body?: string }} ReadRequest */

/**
 * @param {string} text
 * @returns {ReadRequest}
 * @throws {Error} with a sentence about the line that cannot be read
 */
export function readRequest(text) {
  const requests = sections(text.split(/\r\n?|\n/)).flatMap(readSection);
  if (requests.length === 0) throw new Error(wrong.empty);
  if (requests.length > 1) throw new Error(wrong.several);
  return requests[0];
}

/** @param {string[]} lines */
function sections(lines) {
  /** @type {{ first: number, lines: string[] }[]} */
  const found = [{ first: 1, lines: [] }];
  for (const [index, line] of lines.entries()) {
    if (line.startsWith("###")) found.push({ first: index + 2, lines: [] });
    else found[found.length - 1].lines.push(line);
  }
  return found;
}

/**
 * @param {{ first: number, lines: string[] }} section
 * @returns {ReadRequest[]} none, or one
 */
function readSection({ first, lines }) {
  let at = lines.findIndex((line) => line.trim() && !COMMENT.test(line));
  if (at < 0) return [];
  const line = first + at;
  const [, method = "GET", start] = /** @type {RegExpExecArray} */ (REQUEST_LINE.exec(lines[at].trim()));
  let target = start;
  for (let query = null; ; target += query[1]) {
    query = QUERY_LINE.exec(lines[++at] ?? "");
    if (!query) break;
  }
  /** @type {HeaderPair[]} */ const headers = [];
  for (; lines[at]?.trim(); at++) {
    const header = readHeader(lines[at].trim());
    if (!header) throw new Error(wrong.header(first + at, lines[at].trim()));
    headers.push(header);
  }
  const body = lines
    .slice(at + 1)
    .join("\n")
    .trimEnd();
  target = ownTarget(target, line);
  if (!body) return [{ method: method.toUpperCase(), target, headers }];
  if (!headers.some(([name]) => name.toLowerCase() === "content-type"))
    headers.push(["Content-Type", contentType(body)]);
  return [{ method: method.toUpperCase(), target, headers, body }];
}

/**
 * @param {string} text
 * @returns {HeaderPair | null} null for what is no header
 */
export function readHeader(text) {
  const [, name, value] = HEADER.exec(text) ?? [];
  return name ? [name, value.trimEnd()] : null;
}

/** @param {string} text */
export function isMethod(text) {
  return METHOD.test(text);
}

/**
 * The path of a URL that an app's own documentation would use; what is no URL stays.
 * @param {string} target
 * @returns {string | null} null for another host's
 */
export function pathOnOwnHost(target) {
  const [, host, path] = /^https?:\/\/(.*?)(?::\d+)?([/?#].*|$)/.exec(target) ?? [];
  if (host === undefined) return target;
  return OWN_HOSTS.includes(host) ? path.replace(/#.*/, "") || "/" : null;
}

/**
 * @param {string} target
 * @param {number} line
 */
function ownTarget(target, line) {
  const own = pathOnOwnHost(target);
  if (own === null) throw new Error(wrong.host(line, target));
  if (!/^(\/(?!\/)|\{\{)/.test(own)) throw new Error(wrong.path(line, target));
  if (/[\s\p{C}\p{Z}]/u.test(own.replace(/\{\{.*?\}\}/g, ""))) throw new Error(wrong.spaces(line, target));
  return own;
}

/**
 * The type that a body most probably has.
 * @param {string} body
 */
export function contentType(body) {
  if (/^\s*[{[]/.test(body)) return "application/json";
  if (/^[^\s=&]+=\S*$/.test(body)) return "application/x-www-form-urlencoded";
  return "text/plain; charset=utf-8";
}
