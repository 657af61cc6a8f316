// @ts-check
/**
 * The colours of the page's own code, for the editor's tokens: read of what the page's style sheets give to the
 * classes of Pygments. Where they have none, the editor's own, for a light or for a dark background.
 */

import { codeColors, codeOf } from "../ui/page-look.js";

/** WCAG 2.2, 1.4.3. */
const CONTRAST = 4.5;

/** By the name in the editor's custom properties: class of Pygments, and the editor's own colours. */
/** @type {Record<string, [pygments: string, light: string, dark: string]>} */
const tokens = {
  keyword: ["k", "#8250a8", "#c79bf0"],
  import: ["kn", "#8250a8", "#c79bf0"],
  constant: ["kc", "#8250a8", "#c79bf0"],
  word: ["ow", "#8250a8", "#c79bf0"],
  string: ["s2", "#1a6b34", "#8fd19e"],
  doc: ["sd", "#1a6b34", "#8fd19e"],
  escape: ["se", "#8a5300", "#e0b46c"],
  comment: ["c1", "#5c6773", "#9aa5b1"],
  number: ["mi", "#8a5300", "#e0b46c"],
  function: ["nf", "#1b5fb8", "#82b8ff"],
  class: ["nc", "#1b5fb8", "#82b8ff"],
  decorator: ["nd", "#8a5300", "#e0b46c"],
  name: ["n", "currentColor", "currentColor"],
  self: ["bp", "currentColor", "currentColor"],
  operator: ["o", "currentColor", "currentColor"],
  punctuation: ["p", "currentColor", "currentColor"],
  tag: ["nt", "#1b5fb8", "#82b8ff"],
  attribute: ["na", "#8250a8", "#c79bf0"],
  heading: ["gh", "#1b5fb8", "#82b8ff"],
};

/** @typedef {[red: number, green: number, blue: number, opacity: number]} Color each from 0 to 1 */

/**
 * Custom properties for the editor, which change with the page's theme.
 * @param {Element} host that has the code
 * @param {(properties: Record<string, string>) => void} onColors at once, and after each change
 */
export function followColors(host, onColors) {
  let last = "";
  const read = () => {
    const colors = colorsOf(host);
    const text = JSON.stringify(colors);
    if (text !== last) onColors(colors);
    last = text;
  };
  const later = () => {
    if (host.isConnected) requestAnimationFrame(read);
  };
  // Themes switch by an attribute of the page, by its system's choice, or by a style sheet; some fade.
  const observer = new MutationObserver(later);
  for (const part of [document.documentElement, document.body]) observer.observe(part, { attributes: true });
  observer.observe(document.head, { attributes: true, subtree: true, childList: true });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", later);
  matchMedia("(forced-colors: active)").addEventListener("change", later);
  for (const part of [document.body, host]) part.addEventListener("transitionend", later);
  read();
}

/**
 * @param {Element} host
 * @returns {Record<string, string>}
 */
function colorsOf(host) {
  const probe = document.createElement("span");
  const parts = Object.values(tokens).map(([name]) => {
    const part = document.createElement("span");
    part.className = name;
    return part;
  });
  probe.append(...parts);
  // Not shown, and gone before anything is painted.
  probe.hidden = true;
  codeOf(host).append(probe);
  const page = codeColors(host);
  const backdrop = backdropOf(host, probe);
  const text = over(parse(page.color, probe), backdrop);
  const isDark = luminance(backdrop) < 0.18;
  const found = parts.map((part) => getComputedStyle(part).color);
  const isColored = new Set(found).size > 2;
  /** @type {Record<string, string>} */
  const properties = { color: page.color, background: page.background };
  for (const [index, [name, [, light, dark]]] of Object.entries(tokens).entries()) {
    const given = isColored ? found[index] : isDark ? dark : light;
    const color = given === "currentColor" ? text : over(parse(given, probe), backdrop);
    properties[`--code-${name}`] = css(readable(color, backdrop, text));
    const { fontStyle, fontWeight } = getComputedStyle(parts[index]);
    properties[`--code-${name}-style`] = fontStyle;
    properties[`--code-${name}-weight`] = fontWeight;
  }
  const gutter = mix(text, backdrop, 0.45);
  properties["--background"] = css(backdrop);
  properties["--gutter"] = css(readable(gutter, backdrop, text));
  properties["color-scheme"] = isDark ? "dark" : "light";
  probe.remove();
  return properties;
}

/**
 * What is seen behind the code: backgrounds may be transparent to a degree.
 * @param {Element} host
 * @param {HTMLElement} probe
 * @returns {Color}
 */
function backdropOf(host, probe) {
  /** @type {Color} */ let seen = [0, 0, 0, 0];
  for (
    let part = /** @type {Element | null} */ (codeOf(host));
    part && seen[3] < 1;
    part = part.parentElement
  )
    seen = over(seen, parse(getComputedStyle(part).backgroundColor, probe));
  return over(seen, [1, 1, 1, 1]);
}

/**
 * @param {Color} front
 * @param {Color} back
 * @returns {Color}
 */
function over([...front], back) {
  const opacity = front[3] + back[3] * (1 - front[3]);
  /** @param {number} index */
  const channel = (index) =>
    opacity && (front[index] * front[3] + back[index] * back[3] * (1 - front[3])) / opacity;
  return [channel(0), channel(1), channel(2), opacity];
}

/**
 * Any colour: a browser computes a mixture of whatever notation to numbers of sRGB.
 * @param {string} color
 * @param {HTMLElement} probe
 * @returns {Color}
 */
function parse(color, probe) {
  probe.style.color = `color-mix(in srgb, ${color} 100%, transparent 0%)`;
  const computed = getComputedStyle(probe).color;
  probe.style.color = "";
  const numbers = (computed.match(/-?\d[\d.]*(e-?\d+)?/g) ?? []).map(Number);
  const scale = computed.startsWith("rgb") ? 255 : 1;
  const [red = 0, green = 0, blue = 0] = numbers.map((number) => Math.min(1, Math.max(0, number / scale)));
  return [red, green, blue, numbers[3] ?? 1];
}

/**
 * The colour itself, or as much nearer to that of the text as it takes to be read.
 * @param {Color} color
 * @param {Color} backdrop
 * @param {Color} text
 */
function readable(color, backdrop, text) {
  for (let share = 0; share < 1; share += 0.1) {
    const nearer = mix(color, text, share);
    if (contrast(nearer, backdrop) >= CONTRAST) return nearer;
  }
  return text;
}

/**
 * @param {Color} one
 * @param {Color} other
 * @param {number} share of the other
 * @returns {Color}
 */
function mix(one, other, share) {
  const [red, green, blue] = one.map((channel, index) => channel + (other[index] - channel) * share);
  return [red, green, blue, 1];
}

/** @param {number[]} color */
function css([red, green, blue]) {
  return `rgb(${[red, green, blue].map((channel) => Math.round(channel * 255)).join(" ")})`;
}

/**
 * https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 * @param {Color} one
 * @param {Color} other
 */
function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** @param {Color} color */
function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
