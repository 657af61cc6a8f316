// @ts-check
/**
 * CodeMirror, set up for the files of an app: one view, and for each file a state of its own, so that a file
 * keeps its history and its selection while another one is shown.
 */

import {
  bracketMatching,
  Compartment,
  Decoration,
  defaultKeymap,
  EditorState,
  EditorView,
  HighlightStyle,
  highlightSpecialChars,
  history,
  historyKeymap,
  indentLess,
  indentMore,
  indentOnInput,
  keymap,
  lineNumbers,
  Prec,
  StateEffect,
  StateField,
  syntaxHighlighting,
  tags,
} from "../vendor/codemirror/codemirror.js";
import { indentationOf, languageOf } from "./languages.js";
import { markedLines, marking, newLines } from "./new-lines.js";

/**
 * @param {string} name of colors.js
 * @param {import("@lezer/highlight").Tag | import("@lezer/highlight").Tag[]} tag
 */
const style = (name, tag) => ({
  tag,
  color: `var(--code-${name})`,
  fontStyle: `var(--code-${name}-style)`,
  fontWeight: `var(--code-${name}-weight)`,
});

const highlighting = HighlightStyle.define([
  style("name", [tags.variableName, tags.propertyName]),
  style("keyword", tags.keyword),
  style("import", tags.moduleKeyword),
  style("word", tags.operatorKeyword),
  style("constant", [tags.bool, tags.null, tags.atom]),
  style("self", tags.self),
  style("string", [tags.string, tags.attributeValue, tags.special(tags.string)]),
  style("doc", tags.docString),
  style("escape", [tags.escape, tags.regexp]),
  style("comment", tags.comment),
  style("number", tags.number),
  style("function", tags.function(tags.definition(tags.variableName))),
  style("class", [tags.className, tags.definition(tags.className)]),
  style("decorator", tags.meta),
  style("operator", tags.operator),
  style("punctuation", tags.punctuation),
  style("tag", tags.tagName),
  style("attribute", tags.attributeName),
  style("heading", tags.heading),
]);

/** @type {import("@codemirror/state").StateEffectType<number | null>} position in the line, or none */
const markError = StateEffect.define();
const errorLine = Decoration.line({ class: "error-line" });
const errors = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects)
      if (effect.is(markError))
        return effect.value === null ? Decoration.none : Decoration.set([errorLine.range(effect.value)]);
    // What is being repaired is no error any more.
    let isTouched = false;
    marks.between(0, transaction.startState.doc.length, (from) => {
      const { to } = transaction.startState.doc.lineAt(from);
      if (transaction.changes.touchesRange(from, to)) isTouched = true;
    });
    return isTouched ? Decoration.none : marks.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Beside editor.css, as CodeMirror's own rules outweigh it. */
const look = EditorView.theme({
  "&": { flex: "auto", minBlockSize: "0", background: "transparent", color: "inherit" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit" },
  ".cm-content": { paddingBlock: "var(--pad-start) 0", caretColor: "currentColor" },
  ".cm-line": { paddingInline: "0.5em 1em" },
  ".cm-gutters": { background: "var(--background)", color: "var(--gutter)", border: "0" },
  ".cm-lineNumbers .cm-gutterElement": { paddingInline: "0.75em 0.5em", minInlineSize: "2.75em" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    background: "transparent",
    outline: "1px solid color-mix(in srgb, currentColor 55%, transparent)",
  },
});

export class CodeView {
  /** @type {Map<string, EditorState>} */ #states = new Map();
  /**
   * Files that end with a line feed. The editor does not show it: it would be a line more than the page has.
   * @type {Set<string>}
   */
  #ended = new Set();
  #file = "";

  /**
   * @param {object} options
   * @param {ShadowRoot | Document} options.root
   * @param {boolean} options.readOnly
   * @param {string} options.hintId of the element that describes the keys
   * @param {(file: string) => string} options.labelOf
   * @param {(file: string, text: string) => number[]} options.newLinesOf numbers of those that are new in this step
   * @param {(file: string, text: string) => void} options.onType
   * @param {() => void} options.onRun
   * @param {() => void} options.onLeave
   */
  constructor({ root, readOnly, hintId, labelOf, newLinesOf, onType, onRun, onLeave }) {
    this.labelOf = labelOf;
    this.newLinesOf = newLinesOf;
    const run = () => {
      onRun();
      return true;
    };
    const leave = () => {
      onLeave();
      return true;
    };
    this.extensions = [
      Prec.high(
        keymap.of([
          { key: "Ctrl-Enter", mac: "Cmd-Enter", run },
          { key: "Ctrl-Enter", run },
          { key: "Escape", run: leave },
          { key: "Tab", run: indentMore, shift: indentLess },
        ]),
      ),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      lineNumbers(),
      history(),
      highlightSpecialChars(),
      indentOnInput(),
      bracketMatching(),
      syntaxHighlighting(highlighting),
      errors,
      newLines,
      look,
      EditorState.tabSize.of(4),
      EditorState.readOnly.of(readOnly),
      EditorView.contentAttributes.of({ "aria-describedby": hintId }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onType(this.#file, this.#textOf(this.#file, update.state));
      }),
    ];
    this.view = new EditorView({ root });
  }

  get element() {
    return this.view.dom;
  }

  /**
   * @param {string} file
   * @param {string} text
   */
  open(file, text) {
    this.#keep();
    this.#file = file;
    const state = this.#states.get(file) ?? this.#create(file, text);
    this.view.setState(state);
    this.update(file, text);
  }

  /**
   * Shows a text that something else has changed; it can be undone as an edit.
   * @param {string} file
   * @param {string} text
   */
  update(file, text) {
    const state = file === this.#file ? this.view.state : this.#states.get(file);
    if (!state || this.#textOf(file, state) === text) return;
    const change = difference(state.doc.toString(), this.#shownOf(file, text));
    if (!change) return;
    // What is shown now is not what the marks have moved with.
    const transaction = state.update({ changes: change, effects: marking(this.newLinesOf(file, text)) });
    if (file === this.#file) this.view.dispatch(transaction);
    else this.#states.set(file, transaction.state);
  }

  /** Of the file that is shown, those that are new in this step. */
  get newLines() {
    return markedLines(this.view.state);
  }

  /** @param {(file: string) => boolean} isGone */
  forget(isGone) {
    for (const file of this.#states.keys()) if (isGone(file)) this.#states.delete(file);
    if (isGone(this.#file)) this.#file = "";
  }

  /**
   * Marks a line as one with an error, and brings it into sight, as far as that takes no scrolling of the page.
   * @param {number} number from 1
   */
  showError(number) {
    const { view } = this;
    const { from } = view.state.doc.line(Math.min(Math.max(1, number), view.state.doc.lines));
    view.dispatch({ selection: { anchor: from }, effects: markError.of(from) });
    view.requestMeasure({
      read: () => view.lineBlockAt(from).top,
      write: (top) => {
        view.scrollDOM.scrollTop = top - view.scrollDOM.clientHeight / 3;
      },
    });
  }

  focus() {
    this.view.focus();
  }

  /**
   * @param {string} file
   * @param {EditorState} state
   */
  #textOf(file, state) {
    const text = state.doc.toString();
    return this.#ended.has(file) && text && !text.endsWith("\n") ? `${text}\n` : text;
  }

  /**
   * @param {string} file
   * @param {string} text
   */
  #shownOf(file, text) {
    if (text.endsWith("\n")) this.#ended.add(file);
    else this.#ended.delete(file);
    return text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  }

  #keep() {
    if (this.#file) this.#states.set(this.#file, this.view.state);
  }

  /**
   * @param {string} file
   * @param {string} text
   */
  #create(file, text) {
    const language = new Compartment();
    languageOf(file).then((support) => {
      const effects = language.reconfigure(support);
      if (file === this.#file) return this.view.dispatch({ effects });
      const state = this.#states.get(file);
      if (state) this.#states.set(file, state.update({ effects }).state);
    });
    const state = EditorState.create({
      doc: this.#shownOf(file, text),
      extensions: [
        this.extensions,
        language.of([]),
        indentationOf(file),
        EditorView.contentAttributes.of({ "aria-label": this.labelOf(file) }),
      ],
    });
    return state.update({ effects: marking(this.newLinesOf(file, text)) }).state;
  }
}

/**
 * The one change that makes a text of another, so that the cursor stays where it is.
 * @param {string} old
 * @param {string} text
 */
function difference(old, text) {
  if (old === text) return null;
  const shorter = Math.min(old.length, text.length);
  let from = 0;
  while (from < shorter && old[from] === text[from]) from++;
  let rest = 0;
  while (rest < shorter - from && old.at(-1 - rest) === text.at(-1 - rest)) rest++;
  return { from, to: old.length - rest, insert: text.slice(from, text.length - rest) };
}
