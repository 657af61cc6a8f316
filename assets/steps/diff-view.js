// @ts-check
/**
 * Changes of an app's files as a reader sees and hears them.
 *
 * @import { FileChange } from "./changes.js"
 * @import { Line } from "./diff.js"
 */

import { element } from "../ui/dom.js";
import { codeFont } from "../ui/page-look.js";
import { count, unified } from "./changes.js";
import { texts as words } from "./texts.js";

/**
 * Resolves when it looks as it should.
 * @param {FileChange[]} changes
 * @param {Element} host that has code, whose font the lines get
 * @param {HTMLElement[]} more buttons beside the one that copies
 */
export async function diffView(changes, host, ...more) {
  const style = element("link", { rel: "stylesheet", href: new URL("diff.css", import.meta.url).href });
  const told = element("span", { role: "status" });
  const copy = element("button", { type: "button", onclick: () => copyTo(told, changes) }, words.copy);
  const view = element(
    "div",
    { class: "diff" },
    ...changes.map((change) => fileView(change, host)),
    element("div", { class: "diff-buttons" }, ...more, ...(unified(changes) ? [copy] : []), told),
  );
  const made = element("div", {}, style, view);
  // Without its style it is of use, too.
  view.hidden = true;
  for (const type of ["load", "error"])
    style.addEventListener(type, () => view.toggleAttribute("hidden", false), { once: true });
  return made;
}

/**
 * @param {FileChange} change
 * @param {Element} host
 */
function fileView(change, host) {
  const { path, before, kind, hunks } = change;
  const amounts =
    kind === "gone"
      ? words.gone
      : !hunks.length
        ? words.noText
        : kind === "new"
          ? words.newFile(count(change, "+"))
          : words.amounts(count(change, "+"), count(change, "-"));
  const head = element(
    "p",
    { class: "diff-file" },
    element("strong", { dir: "ltr" }, before === path ? path : `${before} → ${path}`),
    " ",
    element("span", {}, amounts),
  );
  if (kind === "gone" || !hunks.length) return element("section", { "aria-label": path }, head);
  const lines = hunks.flatMap((each, index) => [
    ...(index ? [element("div", { class: "diff-gap", role: "separator" }, "⋯")] : []),
    ...each.map(lineView),
  ]);
  const inner = element("div", { class: "diff-lines", dir: "ltr" }, ...lines);
  Object.assign(inner.style, codeFont(host));
  const code = element(
    "div",
    { class: "diff-code", role: "region", tabindex: "0", "aria-label": words.changesOf(path) },
    inner,
  );
  return element("section", { "aria-label": path }, head, code);
}

/** @param {Line} line */
function lineView({ sign, text, before, after }) {
  const number = sign === "-" ? before : after;
  const spoken = sign === "+" ? words.added(number) : sign === "-" ? words.removed(number) : "";
  const parts = [
    element("span", { class: "diff-number", "aria-hidden": "true" }, `${number}`),
    element("span", { class: "diff-sign", "aria-hidden": "true" }, sign === "-" ? "−" : sign),
    ...(spoken ? [element("span", { class: "diff-spoken" }, `${spoken} `)] : []),
    element("code", {}, text || "\u200b"),
  ];
  const name = sign === "+" ? "ins" : sign === "-" ? "del" : "div";
  return element(name, { class: "diff-line" }, ...parts);
}

/**
 * @param {HTMLElement} told
 * @param {FileChange[]} changes
 */
async function copyTo(told, changes) {
  try {
    await navigator.clipboard.writeText(unified(changes));
    told.textContent = words.copied;
  } catch {
    const field = element("textarea", {
      readonly: true,
      rows: "6",
      class: "diff-copy",
      dir: "ltr",
      "aria-label": words.changes,
    });
    field.value = unified(changes);
    told.replaceChildren(words.notCopied, " ", field);
    field.select();
  }
}
