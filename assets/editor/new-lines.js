// @ts-check
/** Marks beside the lines that are new in this step of a tutorial; they move with what the reader types. */

import { Decoration, EditorView, StateEffect, StateField } from "../vendor/codemirror/codemirror.js";

/** @typedef {import("@codemirror/state").EditorState} EditorState */

/** @type {import("@codemirror/state").StateEffectType<number[]>} numbers of the lines */
const mark = StateEffect.define();
const line = Decoration.line({ class: "new-line" });

export const newLines = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects)
      if (effect.is(mark)) {
        const { doc } = transaction.state;
        const numbers = effect.value.filter((number) => number <= doc.lines);
        return Decoration.set(numbers.map((number) => line.range(doc.line(number).from)));
      }
    return marks.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** @param {number[]} numbers of the lines, from 1 */
export function marking(numbers) {
  return mark.of(numbers);
}

/**
 * The numbers of the marked lines, those that follow each other as one range.
 * @param {EditorState} state
 * @returns {[first: number, last: number][]}
 */
export function markedLines(state) {
  /** @type {[number, number][]} */ const ranges = [];
  state.field(newLines).between(0, state.doc.length, (from) => {
    const { number } = state.doc.lineAt(from);
    const last = ranges.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  });
  return ranges;
}
