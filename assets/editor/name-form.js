// @ts-check
/** Asks for the name of a file, over the beginning of the code. */

import { element } from "../ui/dom.js";
import { problemWith } from "./file-names.js";
import { texts as words } from "./texts.js";

/**
 * @param {object} options
 * @param {string} options.label
 * @param {string} options.action the word on the button
 * @param {string} [options.value]
 * @param {string[]} options.taken paths of the other files
 * @param {(path: string | null) => void} options.onDone null: the reader does not want to
 */
export function nameForm({ label, action, value = "", taken, onDone }) {
  const problem = element("p", { id: "name-problem", class: "problem", role: "alert" });
  const input = element("input", {
    type: "text",
    "aria-describedby": problem.id,
    autocapitalize: "off",
    autocomplete: "off",
    spellcheck: "false",
  });
  input.value = value;
  input.addEventListener("input", () => {
    problem.textContent = "";
    input.removeAttribute("aria-invalid");
  });
  const form = element(
    "form",
    { class: "naming", "aria-label": label },
    element("label", {}, label, input),
    element("button", { type: "submit", class: "primary" }, action),
    element("button", { type: "button", onclick: () => onDone(null) }, words.cancel),
    problem,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const path = input.value.trim();
    const wrong = problemWith(path, taken);
    if (!wrong) return onDone(path);
    problem.textContent = wrong;
    input.setAttribute("aria-invalid", "true");
    input.focus({ preventScroll: true });
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") onDone(null);
  });
  return { form, focus: () => input.select() };
}
