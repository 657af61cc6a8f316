// @ts-check
/**
 * Sends the request of an element and shows what comes of it. Loaded when a reader sends for the first time.
 *
 * @import { AsgiLiveElement } from "../element.js"
 * @import { RecordedAnswer } from "../types.d.ts"
 * @import { AsgiRequestElement } from "./element.js"
 *
 * @typedef {object} Bar the element's own
 * @property {ShadowRoot} root
 * @property {(...words: (Node | string)[]) => void} tell
 * @property {(shown: boolean) => void} showStop
 */

import { CopyButtons } from "../request-code/copy-buttons.js";
import { StartError } from "../start-error.js";
import { texts } from "../texts.js";
import { duration as amount } from "../ui/amounts.js";
import { element } from "../ui/dom.js";
import { AnswerView } from "./answer-view.js";
import { conversationOf, isEdited } from "./conversation.js";
import { differences } from "./differences.js";
import { STOPPED } from "./exchanging.js";
import { texts as words } from "./texts.js";
import { unlessAborted } from "./unless-aborted.js";

/** Milliseconds after which a reader may want to stop. */
const QUICK = 400;
const SUPERSEDED = new Error("The reader has sent the request again, or has left.");

export class Sender {
  /** @type {AbortController | null} of what is under way */ #controller = null;
  /** @type {AsgiLiveElement | null} whose app was asked last */ #live = null;
  #stopTimer = 0;

  /**
   * @param {AsgiRequestElement} host
   * @param {Bar} bar
   */
  constructor(host, bar) {
    this.host = host;
    this.bar = bar;
    const { method, target } = host.request;
    this.view = new AnswerView(words.answerTo(`${method} ${target}`), host);
    const copies = new CopyButtons(() => conversationOf(host).presentOf(host));
    const styles = ["answer.css", "../request-code/copy-buttons.css"].map((path) =>
      element("link", { rel: "stylesheet", href: new URL(path, import.meta.url).href }),
    );
    bar.root.append(...styles, copies.element, this.view.element);
  }

  /** Resolves when it is over, or when it was sent again. */
  async send() {
    this.end();
    const controller = new AbortController();
    this.#controller = controller;
    this.#stopTimer = setTimeout(() => this.bar.showStop(true), QUICK);
    try {
      await this.#send(controller.signal);
    } catch (error) {
      if (error !== SUPERSEDED) this.#fail(error);
    }
    if (this.#controller === controller) this.#over();
  }

  /** Leaves it, with what has come. */
  stop() {
    this.#controller?.abort(STOPPED);
  }

  /** Nothing of it goes on. */
  end() {
    this.#controller?.abort(SUPERSEDED);
    this.#over();
  }

  #over() {
    this.#controller = null;
    clearTimeout(this.#stopTimer);
    this.bar.showStop(false);
  }

  /** @param {AbortSignal} signal */
  async #send(signal) {
    const conversation = conversationOf(this.host);
    const { live } = conversation;
    this.#live = live;
    const task = await this.host.task;
    await unlessAborted(this.#start(live, task !== null), signal);
    const record = this.host.request.answer;
    const isChanged = isEdited(this.host);
    const recorded = isChanged ? undefined : record;
    this.bar.tell(words.sending);
    this.view.wait();
    let status = "";
    let missing = recorded?.partial ? (recorded.body ?? "").length : Number.POSITIVE_INFINITY;
    const { answer, content, duration } = await conversation.send(this.host, {
      signal,
      onWait: (request) => this.bar.tell(words.first(request)),
      receiver: {
        head: (head) => {
          status = `${head.status} ${head.reason}`.trim();
          this.view.begin(head);
          this.bar.tell(words.receiving(status));
        },
        body: async (part, soFar) => {
          this.view.add(part);
          missing -= part.byteLength;
          if (missing > 0 || !recorded) return;
          missing = Number.POSITIVE_INFINITY; // once, as long as it goes on
          const beginning = await soFar();
          if (this.#controller?.signal === signal && !signal.aborted)
            this.#compare(words.receiving(status), recorded, beginning);
        },
      },
    });
    this.view.end(content);
    const told = (answer.partial ? words.stopped : words.answered)(status, amount(duration));
    if (task) this.bar.tell(`${told} `, await (isChanged ? task.notCounted() : task.judge(answer)));
    else if (!record) this.bar.tell(told);
    else if (!recorded) this.bar.tell(`${told} ${words.notCompared}`);
    else if (answer.partial && !recorded.partial) this.bar.tell(`${told} ${words.notWhole}`);
    else this.#compare(told, recorded, answer);
  }

  /**
   * @param {AsgiLiveElement} live
   * @param {boolean} isTried whether it is what the reader has made of the app that counts
   */
  async #start(live, isTried) {
    if (live.state !== "running") this.bar.tell(words.starting);
    else if (isTried && live.isStale) {
      this.bar.tell(words.restarting);
      await live.restart();
    }
    await live.start();
  }

  /**
   * @param {string} told
   * @param {RecordedAnswer} recorded
   * @param {RecordedAnswer} answer
   */
  #compare(told, recorded, answer) {
    const different = differences(recorded, answer);
    this.view.differences(different);
    const same = answer.partial ? words.asRecordedSoFar : words.asRecorded;
    const verdict = different.length
      ? element("strong", { class: "differs" }, words.differs)
      : element("strong", { class: "same" }, same);
    this.bar.tell(`${told} `, verdict);
  }

  /** @param {unknown} error */
  #fail(error) {
    this.view.clear();
    this.host.task.then((task) => task?.fail());
    if (!(error instanceof StartError))
      return this.bar.tell(error instanceof Error ? error.message : `${error}`);
    if (error.detail === texts.startCancelled) return this.bar.tell(error.detail);
    const show = () => this.#live?.scrollIntoView({ block: "nearest" });
    const link = element("button", { type: "button", class: "link", onclick: show }, words.showBlock);
    this.bar.tell(`${words.notStarted(error.headline)} `, link);
  }
}
