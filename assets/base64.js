// @ts-check

/**
 * The bytes of a base64 text, in either alphabet (https://www.rfc-editor.org/rfc/rfc4648#section-5), padded or not.
 * @param {string} text
 * @throws {DOMException} it is none
 */
export function bytesOf(text) {
  const characters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}
