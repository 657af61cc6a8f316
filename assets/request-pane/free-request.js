// @ts-check
/**
 * A request that a reader writes field by field.
 *
 * @import { DocumentedRequest, HeaderPair } from "../types.d.ts"
 *
 * @typedef {object} Fields
 * @property {string} method `SOCKET` for a WebSocket
 * @property {string} path with its query
 * @property {string} headers one on a line
 * @property {string} body
 *
 * @typedef {Pick<DocumentedRequest, "method" | "target" | "headers" | "body">} FreeRequest
 */

import { header } from "../requests/answers.js";
import { contentType, isMethod, pathOnOwnHost, readHeader } from "../requests/http-text.js";
import { openParameter } from "./route-matching.js";
import { texts as words } from "./texts.js";

const { wrong } = words;

/** Stands among the methods. */
export const SOCKET = "WS";

/** https://fetch.spec.whatwg.org/#forbidden-method */
const FORBIDDEN = ["CONNECT", "TRACE", "TRACK"];
/** https://www.rfc-editor.org/rfc/rfc3986#section-2 */
const NOT_IN_URLS = /[^!-~]+|["<>[\\\]^`{|}]/gu;
const REFERENCE = /(\{\{.*?\}\})/s;

/**
 * @param {Fields} fields
 * @returns {FreeRequest}
 * @throws {Error} with a sentence about the field that cannot be read
 */
export function readFields({ method, path, headers, body }) {
  const request = { method: readMethod(method), target: readPath(path), headers: readHeaders(headers) };
  if (!body) return request;
  if (header(request.headers, "content-type") === undefined)
    request.headers.push(["Content-Type", typeOf(body)]);
  return { ...request, body };
}

/**
 * @param {FreeRequest} request
 * @returns {Fields}
 */
export function fieldsOf({ method, target, headers, body = "" }) {
  const lines = headers.map(([name, value]) => `${name}: ${value}`.trimEnd());
  return { method, path: target, headers: lines.join("\n"), body };
}

/**
 * The type that a body is sent with when the reader names none.
 * @param {string} body
 */
export function typeOf(body) {
  try {
    JSON.parse(body);
    return "application/json";
  } catch {
    return contentType(body);
  }
}

/** @param {string} text */
export function hasContentType(text) {
  return /^\s*content-type\s*:/im.test(text);
}

/** @param {string} text */
function readMethod(text) {
  const method = text.trim().toUpperCase();
  if (!isMethod(method)) throw new Error(wrong.method(text));
  if (FORBIDDEN.includes(method)) throw new Error(wrong.forbidden(method));
  return method;
}

/** @param {string} text */
function readPath(text) {
  const given = text.trim();
  const own = pathOnOwnHost(given);
  if (own === null) throw new Error(wrong.host(given));
  const path = own.startsWith("/") || own.startsWith("{{") ? own : `/${own}`;
  if (path.startsWith("//")) throw new Error(wrong.path(given));
  const open = openParameter(path);
  if (open) throw new Error(wrong.parameter(open.name));
  const parts = path.replace(/#.*/s, "").split(REFERENCE);
  return parts.map((part) => (REFERENCE.test(part) ? part : encoded(part))).join("");
}

/**
 * What a URL cannot hold is encoded; what is encoded already stays.
 * @param {string} text
 */
function encoded(text) {
  return text.replace(/\p{Surrogate}/gu, "\ufffd").replace(NOT_IN_URLS, encodeURIComponent);
}

/**
 * @param {string} text
 * @returns {HeaderPair[]}
 */
function readHeaders(text) {
  return text.split(/\r\n?|\n/).flatMap((line, index) => {
    const written = line.trim();
    if (!written) return [];
    const pair = readHeader(written);
    if (!pair) throw new Error(wrong.header(index + 1, written));
    if (/[^\0-\xff]/.test(pair[1])) throw new Error(wrong.characters(index + 1, written));
    return [pair];
  });
}
