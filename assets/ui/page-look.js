// @ts-check
/** How the page's own code looks, for what stands in its place. */

/**
 * The font of the page's own code.
 * @param {Element} host that has code
 */
export function codeFont(host) {
  const { fontFamily, fontSize, lineHeight } = getComputedStyle(codeOf(host));
  return { fontFamily, fontSize, lineHeight };
}

/**
 * Its colours; a theme may give a background to the code, its <pre>, or a box around both.
 * @param {Element} host
 */
export function codeColors(host) {
  const { color } = getComputedStyle(host.querySelector("pre") ?? host);
  for (let part = codeOf(host); part !== host; part = part.parentElement ?? host) {
    const { backgroundColor } = getComputedStyle(part);
    if (!/^(transparent|rgba\(.*, 0\))$/.test(backgroundColor)) return { color, background: backgroundColor };
  }
  return { color, background: "" };
}

/** @param {Element} host */
export function codeOf(host) {
  return host.querySelector("pre code") ?? host.querySelector("pre") ?? host;
}
