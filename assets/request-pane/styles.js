// @ts-check
/** The pane's style sheets, and its content as soon as they are there. */

import { element } from "../ui/dom.js";

const SHEETS = ["../requests/answer.css", "../request-code/copy-buttons.css", "request-pane.css"];

/**
 * @param {HTMLElement[]} parts
 * @returns {HTMLElement[]} to put into the page
 */
export function styles(...parts) {
  const content = element("div", { class: "content", hidden: true }, ...parts);
  const links = SHEETS.map((path) =>
    element("link", { rel: "stylesheet", href: new URL(path, import.meta.url).href }),
  );
  // Without a style, too, it is of use.
  const settled = links.map(
    (link) =>
      new Promise((resolve) => {
        for (const type of ["load", "error"]) link.addEventListener(type, resolve, { once: true });
      }),
  );
  Promise.all(settled).then(() => {
    content.hidden = false;
  });
  return [...links, content];
}
