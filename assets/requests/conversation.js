// @ts-check
/**
 * The requests of a page to one app: what each run of it has answered to them, for the later ones that
 * refer to that.
 *
 * @import { AsgiLiveElement } from "../element.js"
 * @import { AnsweredRequest, DocumentedRequest, RecordedAnswer } from "../types.d.ts"
 * @import { AsgiRequestElement } from "./element.js"
 * @import { Exchanged, Receiver } from "./exchanging.js"
 */

import { texts } from "../texts.js";
import { exchange } from "./exchanging.js";
import { readRequest } from "./http-text.js";
import { fill, needed } from "./references.js";
import { requestText } from "./request-text.js";
import { texts as words } from "./texts.js";
import { unlessAborted } from "./unless-aborted.js";

/** @type {WeakMap<AsgiLiveElement, Conversation>} */
const conversations = new WeakMap();

/**
 * With the app that a request asks.
 * @param {AsgiRequestElement} element
 */
export function conversationOf(element) {
  const live = blockOf(element);
  if (!live) throw new Error(words.noBlock);
  return conversationWith(live);
}

/** @param {AsgiLiveElement} live */
export function conversationWith(live) {
  const conversation = conversations.get(live) ?? new Conversation(live);
  conversations.set(live, conversation);
  return conversation;
}

/**
 * The block that it names, else the nearest one before it: as `_Reader` of asgi_docs/block/markup.py.
 * @param {AsgiRequestElement} element
 */
function blockOf(element) {
  /** @type {AsgiLiveElement[]} */
  const blocks = [...element.ownerDocument.querySelectorAll("asgi-live")].map(
    (each) => /** @type {any} */ (each),
  );
  const { block } = element.request;
  return blocks
    .filter((each) => precedes(each, element))
    .reverse()
    .find((each) => !block || JSON.parse(each.dataset.block ?? "{}").name === block);
}

/**
 * @param {AsgiRequestElement} element
 * @param {EventTarget | null} live
 */
export function isAskedBy(element, live) {
  return live !== null && blockOf(element) === live;
}

/**
 * @param {Node} one
 * @param {Node} other
 */
function precedes(one, other) {
  return Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
}

/**
 * The requests of the page to a block's app, in their order, as the reader has edited them.
 * @param {AsgiLiveElement} live
 * @returns {DocumentedRequest[]}
 */
export function requestsTo(live) {
  return conversationWith(live).documented.map((each) => {
    try {
      return present(each);
    } catch {
      return each.request; // what the reader has typed is no request
    }
  });
}

/** @param {AsgiRequestElement} element */
export function isEdited(element) {
  return element.text !== requestText(element.request);
}

/**
 * What is sent, but for its references.
 * @param {AsgiRequestElement} element
 * @returns {DocumentedRequest}
 */
function present(element) {
  if (!isEdited(element)) return element.request;
  const { name, page, source } = element.request;
  return { name, page, source, ...readRequest(element.text) };
}

export class Conversation {
  /** @type {Map<AsgiRequestElement, RecordedAnswer | Promise<RecordedAnswer>>} of this run of the app */
  #answers = new Map();

  /** @param {AsgiLiveElement} live */
  constructor(live) {
    this.live = live;
    live.addEventListener("asgi-live:statechange", () => this.#answers.clear());
  }

  /**
   * Sends a request, after the earlier ones whose answers it refers to and that are not known.
   * @param {AsgiRequestElement} element
   * @param {object} options
   * @param {AbortSignal} [options.signal]
   * @param {Receiver} [options.receiver]
   * @param {(request: DocumentedRequest) => void} options.onWait another request's answer comes first
   * @returns {Promise<Exchanged>}
   */
  send(element, options) {
    const exchanged = this.#send(element, options);
    const answer = exchanged.then((each) => each.answer);
    this.#answers.set(element, answer);
    const isLatest = () => this.#answers.get(element) === answer;
    answer.then(
      (known) => isLatest() && this.#answers.set(element, known),
      () => isLatest() && this.#answers.delete(element),
    );
    return exchanged;
  }

  /**
   * @param {AsgiRequestElement} element
   * @param {Parameters<Conversation["send"]>[1]} options
   */
  async #send(element, options) {
    const before = this.documented.filter((each) => precedes(each, element));
    return this.#exchange(present(element), before, options);
  }

  /**
   * Sends a request that is not one of the page, and may refer to the answers of all of these.
   * @param {Pick<DocumentedRequest, "method" | "target" | "headers" | "body">} request
   * @param {Parameters<Conversation["send"]>[1]} options
   */
  sendFree(request, options) {
    return this.#exchange(request, this.documented, options);
  }

  /**
   * A request as it is sent, as far as the answers that it refers to have come.
   * @template {Pick<DocumentedRequest, "method" | "target" | "headers" | "body">} Request
   * @param {Request} request
   * @param {AsgiRequestElement[]} [before] those that it may refer to
   * @throws {Error} one of them has no answer
   */
  filled(request, before = this.documented) {
    const earlier = before.map((each) => {
      const answer = this.#answers.get(each) ?? null;
      return { name: each.request.name, answer: answer instanceof Promise ? null : answer };
    });
    return fill(request, earlier);
  }

  /**
   * What a request of the page sends at present.
   * @param {AsgiRequestElement} element
   * @throws {Error} it cannot be read, or an answer that it refers to has not come
   */
  presentOf(element) {
    return this.filled(
      present(element),
      this.documented.filter((each) => precedes(each, element)),
    );
  }

  /**
   * @param {Pick<DocumentedRequest, "method" | "target" | "headers" | "body">} request
   * @param {AsgiRequestElement[]} before
   * @param {Parameters<Conversation["send"]>[1]} options
   * @returns {Promise<Exchanged>}
   */
  async #exchange(request, before, { signal, receiver, onWait }) {
    /** @type {(AnsweredRequest & { element: AsgiRequestElement })[]} */
    const earlier = before.map((each) => ({
      element: each,
      name: each.request.name,
      answer: null,
    }));
    for (const each of needed(request, earlier))
      each.answer = await this.#answerOf(each.element, onWait, signal);
    signal?.throwIfAborted();
    return exchange(this.live, fill(request, earlier), { signal, receiver });
  }

  /** The requests of the page to this app, in their order. */
  get documented() {
    /** @type {NodeListOf<AsgiRequestElement>} */
    const all = this.live.ownerDocument.querySelectorAll("asgi-request");
    return [...all].filter((each) => each.request && blockOf(each) === this.live);
  }

  /**
   * @param {AsgiRequestElement} element
   * @param {(request: DocumentedRequest) => void} onWait
   * @param {AbortSignal} [signal] ends the waiting, not the request
   */
  async #answerOf(element, onWait, signal) {
    if (!this.#answers.has(element)) this.send(element, { onWait }).catch(() => {}); // told below
    for (;;) {
      const answer = this.#answers.get(element);
      if (!answer) throw new Error(texts.stopped);
      if (!(answer instanceof Promise)) return answer;
      onWait(element.request);
      try {
        return await unlessAborted(answer, signal);
      } catch (error) {
        signal?.throwIfAborted();
        const latest = this.#answers.get(element);
        // Its reader may have sent it again: that one's answer is the one to have.
        if (!latest || latest === answer) throw new Error(words.neededFailed(element.request, reason(error)));
      }
    }
  }
}

/** @param {unknown} error */
function reason(error) {
  return error instanceof Error ? error.message : texts.stopped;
}
