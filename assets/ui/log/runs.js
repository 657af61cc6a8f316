// @ts-check
/**
 * A line of text in colours, as elements. Colours are nothing that a style sheet could list, so they are handed
 * over as custom properties; log.css makes them readable on the page's own background.
 *
 * @import { Run, Style } from "./ansi.js"
 */

import { element } from "../dom.js";
import { PLAIN } from "./ansi.js";

/** @param {Run[]} runs */
export function textOf(runs) {
  return runs.map(({ text }) => text).join("");
}

/**
 * A part of a line.
 * @param {Run[]} runs
 * @param {number} begin
 * @param {number} end
 * @returns {Run[]}
 */
export function slice(runs, begin, end) {
  const parts = [];
  let at = 0;
  for (const { text, style } of runs) {
    const part = text.slice(Math.max(0, begin - at), Math.max(0, end - at));
    if (part) parts.push({ text: part, style });
    at += text.length;
  }
  return parts;
}

/**
 * @param {Run[]} runs
 * @returns {(Node | string)[]}
 */
export function rendered(runs) {
  return runs.map(({ text, style }) => (style === PLAIN || isPlain(style) ? text : span(text, style)));
}

/** @param {Style} style */
function isPlain(style) {
  return Object.values(style).every((value) => value === null || value === false);
}

/**
 * @param {string} text
 * @param {Style} style
 */
function span(text, style) {
  const { foreground, background, inverse, dim, ...looks } = style;
  const ink = inverse ? background : foreground;
  const paper = inverse ? (foreground ?? "currentColor") : background;
  const classes = Object.entries(looks).flatMap(([name, isSo]) => (isSo ? [name] : []));
  // On paper of a colour, the page's own ink is the one that can be read for sure.
  if (paper !== null) classes.push("paper");
  else if (ink !== null) classes.push("ink");
  else if (dim) classes.push("dim");
  const made = element("span", { class: classes.join(" ") }, text);
  const color = paper ?? ink;
  if (color !== null)
    made.style.setProperty("--color", typeof color === "number" ? `var(--ansi-${color})` : color);
  return made;
}
