// @ts-check
/**
 * Hints for a task, one at a time, and then its solution.
 *
 * @import { AsgiRequestElement } from "../requests/element.js"
 * @import { BlockData, Task } from "../types.d.ts"
 * @import { Bar } from "./reader-task.js"
 */

import { conversationOf } from "../requests/conversation.js";
import { element } from "../ui/dom.js";
import { texts as words } from "./texts.js";
import { withCode } from "./words.js";

export class Help {
  /** Those to come. */
  #hints;
  #isDone = false;
  #shown = element("ol", { class: "hints", "aria-label": words.hints, hidden: true });
  /** Read out as hints come. */
  #list = element("div", { "aria-live": "polite" }, this.#shown);
  #solution = element("section", { "aria-label": words.solution, class: "solution", hidden: true });
  #button = element("button", { type: "button", onclick: () => this.#next() });

  /**
   * @param {AsgiRequestElement} host
   * @param {Task} task
   * @param {Bar} bar
   */
  constructor(host, task, bar) {
    this.host = host;
    this.task = task;
    this.bar = bar;
    this.#hints = [...(task.hints ?? [])];
    bar.send.after(this.#button);
    bar.element.after(this.#list, this.#solution);
    this.#showButton();
  }

  /** Once the task is done no further hint is wanted, but the author's own solution may be. @param {boolean} isDone */
  show(isDone) {
    this.#isDone = isDone;
    this.#showButton();
  }

  get #left() {
    return this.#isDone ? 0 : this.#hints.length;
  }

  #next() {
    const hint = this.#left ? this.#hints.shift() : undefined;
    if (hint === undefined) return this.#toggleSolution();
    this.#shown.hidden = false;
    this.#shown.append(element("li", {}, ...withCode(hint)));
    this.#showButton();
  }

  #showButton() {
    const { hints = [], solution } = this.task;
    const total = hints.length;
    const isOpen = !this.#solution.hidden;
    const isOver = !this.#left && !solution;
    // The keyboard's place must not vanish with the button that was pressed.
    if (isOver && this.#button.matches(":focus")) this.bar.send.focus();
    this.#button.hidden = isOver;
    this.#button.textContent = this.#left
      ? words.hint(total - this.#left + 1, total)
      : isOpen
        ? words.hideSolution
        : words.showSolution;
  }

  async #toggleSolution() {
    const isShown = this.#solution.hidden;
    if (isShown) await this.#showSolution();
    this.#solution.hidden = !isShown;
    this.#showButton();
  }

  async #showSolution() {
    const { live } = conversationOf(this.host);
    const [{ changedFiles }, { diffView }, { withEntry }] = await Promise.all([
      import("../steps/changes.js"),
      import("../steps/diff-view.js"),
      import("../steps/step-before.js"),
    ]);
    /** @type {BlockData} */
    const data = JSON.parse(live.dataset.block ?? "{}");
    const { solution = "" } = this.task;
    const { entry } = withEntry(data);
    const put = () => {
      live.code = solution;
      this.#toggleSolution();
      this.bar.send.focus();
    };
    const use = element("button", { type: "button", onclick: put }, words.useSolution);
    const changes = changedFiles({ files: { [entry]: live.code } }, { files: { [entry]: solution } });
    this.#solution.replaceChildren(
      changes.length
        ? await diffView(changes, live, ...(data.edit === false ? [] : [use]))
        : element("p", { class: "note" }, words.isSolution),
    );
  }
}
