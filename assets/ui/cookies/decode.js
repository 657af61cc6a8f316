// @ts-check
/**
 * What is written in a cookie or token that is signed and not secret: those of Starlette's and Flask's sessions
 * (https://itsdangerous.palletsprojects.com/), of Django's signed cookies
 * (https://docs.djangoproject.com/en/stable/topics/signing/) and JSON Web Tokens (RFC 7519) are base64 of JSON, with
 * a signature behind a dot or colon; the first of them may be compressed.
 */

import { bytesOf } from "../../base64.js";

/** A token's own description, which says nothing about the reader. */
const TOKEN_HEADER = /^\{\s*"(?:alg|typ|kid)"/;

/**
 * @param {string} value of a cookie
 * @returns {Promise<string | null>} JSON with line breaks; null where nothing is to be read
 */
export async function decodedValue(value) {
  const text = value.replace(/^"(.*)"$/, "$1");
  const plain = jsonOf(unescaped(text));
  if (plain) return plain;
  const isCompressed = text.startsWith(".");
  for (const part of text.slice(isCompressed ? 1 : 0).split(/[.:]/)) {
    const decoded = await decodedPart(part, isCompressed).catch(() => null);
    if (decoded && !TOKEN_HEADER.test(decoded)) return jsonOf(decoded);
  }
  return null;
}

/**
 * @param {string} part
 * @param {boolean} isCompressed
 * @returns {Promise<string | null>} JSON
 */
async function decodedPart(part, isCompressed) {
  const stream = new Blob([bytesOf(part)]).stream();
  const plain = isCompressed ? stream.pipeThrough(new DecompressionStream("deflate")) : stream;
  const text = new TextDecoder("utf-8", { fatal: true }).decode(await new Response(plain).arrayBuffer());
  return jsonOf(text) && text;
}

/**
 * @param {string} text
 * @returns {string | null} nothing for what is no object or list
 */
function jsonOf(text) {
  if (!/^\s*[{[]/.test(text)) return null;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}

/** @param {string} text with percent-encoding, as many write it */
function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
