// @ts-check
/**
 * A page whose response names no type: a browser looks at its first bytes, and so do we, or such a page
 * would go without our frame client.
 */

/** https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type */
const HTML =
  /^[\t\n\f\r ]*<(?:(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[ >]|!--)/i;

/**
 * Whether a browser looks for a page's type in its content.
 * @param {Headers} headers
 */
function isUntyped(headers) {
  return !headers.has("content-type") && !headers.has("x-content-type-options");
}

/** @param {string} start of a page, as latin-1 */
function beginsLikeHTML(start) {
  return HTML.test(start);
}
