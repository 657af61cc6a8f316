// @ts-check
/** Making elements without `innerHTML`. */

const SVG = "http://www.w3.org/2000/svg";

/** Outlines on a 16 by 16 grid. */
const icons = {
  run: "M4 2.5v11l9-5.5z",
  send: "m7 9 7-7-4.5 12L7 9 2 6.5 14 2",
  stop: "M3.5 3.5h9v9h-9z",
  restart: "M13 8a5 5 0 1 1-1.5-3.5M13 2v3h-3",
  back: "M10 3 5 8l5 5",
  forward: "m6 3 5 5-5 5",
  edit: "m3 13 .6-2.8L10.8 3 13 5.2 5.8 12.4z",
  reset: "M3.5 6.5h6a3.2 3.2 0 1 1 0 6.5H6M6 3.5l-3 3 3 3",
  more: "M3.2 8h.01M8 8h.01M12.8 8h.01",
  full: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  clients: "M2.5 3h11v10h-11zM8 3v10",
  close: "m4 4 8 8M12 4l-8 8",
  changes: "M8 2v7M4.5 5.5h7M4.5 13h7",
  done: "m2.5 8.5 4 4 7-9",
  open: "M9 3h4v4M13 3 7.5 8.5M11 9.5V13H3V5h3.5",
};

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | boolean | EventListener>} [attributes] `onclick` and the like add listeners
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (typeof value === "boolean") made.toggleAttribute(key, value);
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** @param {keyof typeof icons} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon", name);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", icons[name]);
  svg.append(path);
  return svg;
}

/**
 * A button with a word beside its icon.
 * @param {keyof typeof icons} name
 * @param {string} label
 * @param {() => void} onclick
 * @param {string} [className]
 */
export function button(name, label, onclick, className = "") {
  return element("button", { type: "button", class: className, part: "button", onclick }, icon(name), label);
}

/**
 * A button that shows its icon only.
 * @param {keyof typeof icons} name
 * @param {string} label
 * @param {() => void} onclick
 */
export function iconButton(name, label, onclick) {
  return element(
    "button",
    { type: "button", class: "quiet", part: "button", title: label, "aria-label": label, onclick },
    icon(name),
  );
}
