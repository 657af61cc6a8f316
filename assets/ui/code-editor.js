// @ts-check
/**
 * The editor of a block's code, or of a request: its buttons, and a bare text field where what the reader types
 * into cannot be loaded. Nothing that is typed is lost.
 *
 * @import { EditorOptions, EditorSurface } from "./editor.d.ts"
 */

import { texts } from "../texts.js";
import { button, element } from "./dom.js";
import { Edits } from "./edits.js";

/** Milliseconds after which the reader gets the bare text field rather than wait. */
const PATIENCE = 5_000;

export class CodeEditor {
  /** @type {Promise<EditorSurface> | null} */ #surface = null;
  /** @type {HTMLElement | undefined} */ #actions;
  #isWanted = false;

  /** @param {EditorOptions} options */
  constructor(options) {
    const { original, entry = "", files, readOnly, storageKey, onChange } = options;
    this.options = options;
    this.entry = entry;
    this.element = element("div", { part: "editor", hidden: true });
    this.edit = button("edit", texts.edit, () => this.#show(true, true));
    this.reset = button("reset", texts.reset, () => this.#reset());
    this.edits = new Edits({
      original: { ...files, [entry]: original },
      storageKey: readOnly ? null : storageKey,
      onChange: () => {
        this.#showReset();
        onChange();
      },
    });
    if (this.edits.isEdited) this.#show(true);
    this.#showReset();
  }

  get text() {
    return this.edits.files[this.entry];
  }

  set text(text) {
    this.files = { ...this.files, [this.entry]: text };
  }

  get files() {
    return this.edits.files;
  }

  set files(files) {
    this.edits.files = files;
    this.#update();
  }

  /**
   * Shows a place in a file, as one that has an error.
   * @param {string} file
   * @param {number} line
   */
  async goTo(file, line) {
    (await this.#show(true))?.goTo?.(file, line);
  }

  #reset() {
    this.edits.reset();
    if (!this.edits.isEdited) this.options.onReset?.();
    this.#update();
  }

  async #update() {
    this.#show(this.edits.isEdited);
    (await this.#surface)?.update();
  }

  #showReset() {
    const { reset, edits } = this;
    const hidden = this.element.hidden && edits.discarded === null;
    // The keyboard's place must not vanish with the button that was pressed.
    if (hidden && reset.matches(":focus")) this.edit.focus();
    reset.hidden = hidden;
    reset.lastChild?.replaceWith(
      edits.discarded === null ? texts.reset : edits.isOutdated ? texts.restoreEdits : texts.undoReset,
    );
  }

  /**
   * @param {boolean} shown
   * @param {boolean} [isPressed] whether the reader goes there
   * @returns {Promise<EditorSurface | null>} null where it is not to be shown any more when it could be
   */
  async #show(shown, isPressed = false) {
    this.#isWanted = shown;
    const { element, edit } = this;
    const { host, replaced } = this.options;
    /** @type {EditorSurface | null} */ let surface = null;
    if (shown) {
      edit.ariaBusy = "true";
      this.#surface ??= this.#make();
      surface = await this.#surface;
      edit.ariaBusy = null;
      if (!this.#isWanted) return null;
    }
    const root = /** @type {ShadowRoot} */ (edit.getRootNode());
    // Not from where the reader has gone in the meantime.
    const takesFocus =
      isPressed &&
      [edit, document.body, null].includes(
        /** @type {HTMLElement | null} */ (root.activeElement ?? document.activeElement),
      );
    if (surface && element.hidden) {
      // As high as what it replaces, so that nothing moves under the pointer.
      const height = replaced().reduce((sum, each) => sum + each.getBoundingClientRect().height, 0);
      element.hidden = false;
      surface.shown(height);
    }
    element.hidden = !shown;
    edit.hidden = shown;
    if (this.#actions) this.#actions.hidden = !shown;
    host.toggleAttribute("editing", shown);
    this.#showReset();
    if (takesFocus) surface?.focus();
    return surface;
  }

  async #make() {
    const patience = new Promise((_, reject) => setTimeout(reject, PATIENCE));
    const loaded = this.options.load().then(({ makeSurface }) => makeSurface(this.options, this.edits));
    const surface = await Promise.race([loaded, patience]).catch(() => this.#makePlain());
    this.element.append(surface.element);
    this.#actions = surface.actions;
    this.edit.before(this.#actions ?? "");
    return surface;
  }

  /**
   * For want of anything better.
   * @returns {EditorSurface}
   */
  #makePlain() {
    const input = element("textarea", {
      class: "editor",
      "aria-label": this.options.label,
      title: texts.incomplete.headline,
      rows: "24",
    });
    input.readOnly = Boolean(this.options.readOnly);
    input.oninput = () => {
      this.edits.files = { ...this.files, [this.entry]: input.value };
    };
    const update = () => {
      if (input.value !== this.text) input.value = this.text;
    };
    update();
    return { element: input, update, shown() {}, focus: () => input.focus() };
  }
}
