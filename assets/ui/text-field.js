// @ts-check
/**
 * A text field to edit one text in, such as a request. Loaded with the first edit.
 *
 * @import { Edits } from "./edits.js"
 * @import { EditorOptions, EditorSurface } from "./editor.d.ts"
 */

import { element } from "./dom.js";
import { codeColors, codeFont } from "./page-look.js";

/**
 * @param {EditorOptions} options
 * @param {Edits} edits
 * @returns {Promise<EditorSurface>}
 */
export async function makeSurface(
  { host, label, hint = "", readOnly = false, entry = "", onRun, onLeave },
  edits,
) {
  const input = element("textarea", {
    class: "editor",
    "aria-label": label,
    title: hint,
    readonly: readOnly,
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    wrap: "off",
  });
  const fit = () => {
    input.rows = input.value.split("\n").length;
  };
  const update = () => {
    if (input.value !== edits.files[entry]) input.value = edits.files[entry];
    fit();
  };
  input.addEventListener("input", () => {
    fit();
    edits.files = { ...edits.files, [entry]: input.value };
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onRun();
    } else if (event.key === "Escape") {
      onLeave();
    }
  });
  update();
  return {
    element: input,
    update,
    focus: () => input.focus(),
    shown(height) {
      const minBlockSize = `min(${height}px, 70vh)`;
      Object.assign(input.style, { ...codeFont(host), ...codeColors(host), minBlockSize });
    },
  };
}
