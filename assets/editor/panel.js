// @ts-check
/**
 * The editor of an app's files, in the place of the author's code. Loaded with the first edit.
 *
 * @import { EditorOptions, EditorSurface } from "../ui/editor.d.ts"
 * @import { Edits } from "../ui/edits.js"
 */

// All of them here: a browser learns of an import only when the module that has it is there.
import "../vendor/codemirror/codemirror.js";
import "../ui/page-look.js";
import "./languages.js";
import "./file-names.js";

import { element } from "../ui/dom.js";
import { codeFont, codeOf } from "../ui/page-look.js";
import { followColors } from "./colors.js";
import { FileTabs } from "./file-tabs.js";
import { nameForm } from "./name-form.js";
import { texts as words } from "./texts.js";
import { CodeView } from "./view.js";

const PANE = "code-pane";
const HINT = "code-hint";

/**
 * Resolves when it looks as it should.
 * @param {EditorOptions} options
 * @param {Edits} edits
 * @returns {Promise<EditorSurface>}
 */
export async function makeSurface(options, edits) {
  const root = /** @type {ShadowRoot} */ (options.host.shadowRoot);
  const style = element("link", { rel: "stylesheet", href: new URL("editor.css", import.meta.url).href });
  await new Promise((resolve, reject) => {
    style.addEventListener("load", resolve);
    style.addEventListener("error", reject);
    root.append(style);
  });
  const newLinesOf = (await options.newLines?.().catch(() => null)) ?? (() => []);
  return new Panel(options, edits, root, newLinesOf);
}

/** @implements {EditorSurface} */
class Panel {
  #host;
  #edits;
  #entry;
  #binary;
  /** @type {string} */ #selected;
  /** @type {{ path: string, text: string } | null} what was deleted last */ #deleted = null;
  #view;
  #tabs = new FileTabs(PANE, (path) => this.#select(path));
  #note = element("p", { class: "note", hidden: true });
  /** CodeMirror's own element cannot be hidden. */
  #code = element("div", { class: "code-view" });
  #hint = element("p", { id: HINT, class: "hint" });
  #pane = element("div", { id: PANE, class: "code-pane" });
  #add = textButton(words.add, () => this.#askNew());
  #rename = textButton(words.rename, () => this.#askRename());
  #delete = textButton(words.delete, () => this.#deleteSelected());
  #undo = textButton(words.undoDelete, () => this.#undoDelete());
  #files = element("div", { class: "files" }, this.#tabs.element, this.#rename, this.#delete, this.#undo);

  /**
   * @param {EditorOptions} options
   * @param {Edits} edits
   * @param {ShadowRoot} root
   * @param {(file: string, text: string) => number[]} newLinesOf
   */
  constructor({ host, entry = "", binary = [], readOnly = false, label, ...on }, edits, root, newLinesOf) {
    this.#host = host;
    this.#edits = edits;
    this.#entry = entry;
    this.#binary = binary;
    this.#selected = entry;
    this.isReadOnly = readOnly;
    this.#view = new CodeView({
      root,
      readOnly,
      hintId: HINT,
      labelOf: (file) => (file === entry ? label : words.codeOf(file)),
      newLinesOf,
      onType: (file, text) => this.#type(file, text),
      onRun: on.onRun,
      onLeave: on.onLeave,
    });
    this.#code.append(this.#view.element);
    this.#pane.append(this.#code, this.#note);
    this.element = element("div", { class: "code-panel" }, this.#files, this.#pane, this.#hint);
    this.#add.hidden = true;
    this.actions = readOnly ? undefined : this.#add;
    followColors(host, (properties) => {
      for (const [name, value] of Object.entries(properties)) this.element.style.setProperty(name, value);
    });
    this.#select(entry);
  }

  /** @param {number} height */
  shown(height) {
    const { paddingBlockStart } = getComputedStyle(this.#host.querySelector("pre") ?? this.#host);
    const { paddingBlockStart: inner } = getComputedStyle(codeOf(this.#host));
    const pad = Math.max(Number.parseFloat(paddingBlockStart), Number.parseFloat(inner)) || 0;
    Object.assign(this.element.style, codeFont(this.#host));
    // The hint has the place of the space at the end, and of some at the beginning if that is too little.
    const missing = Math.max(0, this.#hint.offsetHeight - pad);
    this.element.style.setProperty("--pad-start", `${Math.max(0, pad - missing)}px`);
    this.element.style.setProperty("--height", `${height}px`);
    this.#view.view.requestMeasure();
  }

  update() {
    const { files } = this.#edits;
    this.#view.forget((file) => !(file in files));
    for (const [file, text] of Object.entries(files)) this.#view.update(file, text);
    this.#deleted = null;
    this.#select(this.#selected in files ? this.#selected : this.#entry);
  }

  focus() {
    this.#view.focus();
  }

  /**
   * For a reader who wants to go there.
   * @param {string} file
   * @param {number} line from 1
   */
  goTo(file, line) {
    if (!(file in this.#edits.files)) return;
    if (file !== this.#selected) this.#select(file);
    this.#view.showError(line);
    this.#view.focus();
  }

  get #paths() {
    return [...new Set([this.#entry, ...Object.keys(this.#edits.files), ...this.#binary])];
  }

  /** @param {string} path */
  #select(path) {
    this.#selected = path;
    const text = this.#edits.files[path];
    const isText = text !== undefined;
    if (isText) this.#view.open(path, text);
    this.#showHint();
    this.#code.hidden = !isText;
    this.#note.hidden = isText;
    this.#note.textContent = isText ? "" : words.binary(path);
    this.#showFiles();
  }

  #showFiles() {
    const paths = this.#paths;
    const hasTabs = paths.length > 1 || this.#deleted !== null;
    this.#tabs.show(paths, this.#selected);
    this.#files.hidden = !hasTabs;
    const isFixed =
      this.isReadOnly || this.#selected === this.#entry || !(this.#selected in this.#edits.files);
    this.#rename.hidden = this.#delete.hidden = isFixed;
    this.#undo.hidden = this.#deleted === null;
    if (hasTabs) this.#pane.setAttribute("aria-labelledby", this.#tabs.selectedId);
    else this.#pane.removeAttribute("aria-labelledby");
    if (hasTabs) this.#pane.setAttribute("role", "tabpanel");
    else this.#pane.removeAttribute("role");
  }

  /**
   * @param {string} file
   * @param {string} text
   */
  #type(file, text) {
    const { files } = this.#edits;
    if (file in files && files[file] !== text) this.#edits.files = { ...files, [file]: text };
    this.#showHint();
  }

  #showHint() {
    const ranges = this.#view.newLines.map(([first, last]) =>
      first === last ? `${first}` : `${first}–${last}`,
    );
    const news = ranges.length ? `${words.newLines(ranges.join(", "))} ` : "";
    this.#hint.textContent = news + (this.isReadOnly ? words.hintReadOnly : words.hint);
  }

  #askNew() {
    this.#ask(words.newName, words.add, "", this.#paths, (path) => {
      this.#edits.files = { ...this.#edits.files, [path]: "" };
      this.#select(path);
    });
  }

  #askRename() {
    const old = this.#selected;
    const taken = this.#paths.filter((path) => path !== old);
    this.#ask(words.nameFor(old), words.rename, old, taken, (path) => {
      const files = Object.entries(this.#edits.files);
      this.#edits.files = Object.fromEntries(files.map(([name, text]) => [name === old ? path : name, text]));
      this.#select(path);
      this.#view.forget((file) => file === old && file !== path);
    });
  }

  #deleteSelected() {
    const { [this.#selected]: text, ...files } = this.#edits.files;
    this.#deleted = { path: this.#selected, text };
    this.#edits.files = files;
    this.#select(this.#entry);
    this.#view.forget((file) => !(file in files));
    this.#undo.focus({ preventScroll: true });
  }

  #undoDelete() {
    if (!this.#deleted) return;
    const { path, text } = this.#deleted;
    this.#deleted = null;
    if (!(path in this.#edits.files)) this.#edits.files = { ...this.#edits.files, [path]: text };
    this.#select(path);
    this.#tabs.focus();
  }

  /**
   * @param {string} label
   * @param {string} action
   * @param {string} value
   * @param {string[]} taken
   * @param {(path: string) => void} use
   */
  #ask(label, action, value, taken, use) {
    this.#pane.querySelector("form")?.remove();
    const onDone = (/** @type {string | null} */ path) => {
      form.remove();
      if (path !== null) use(path);
      this.#view.focus();
    };
    const { form, focus } = nameForm({ label, action, value, taken, onDone });
    this.#pane.prepend(form);
    focus();
  }
}

/**
 * @param {string} label
 * @param {() => void} onclick
 */
function textButton(label, onclick) {
  return element("button", { type: "button", onclick }, label);
}
