// @ts-check
/**
 * The exchanges between server and app that a page remembers.
 *
 * @import { WireEvent } from "../../types.d.ts"
 *
 * @typedef {object} Exchange
 * @property {string} id
 * @property {string} title
 * @property {string} protocol
 * @property {string} state how far it is, in a word
 * @property {WireEvent[]} events the first is the scope
 * @property {number} dropped events after it
 */

import { clientOf } from "../../client-keys.js";
import { texts } from "./texts.js";

const MAX_EXCHANGES = 50;
const MAX_EVENTS = 200;

export class Exchanges {
  /** @type {Map<string, Exchange>} */ #all = new Map();

  /** In the order in which they began. */
  get all() {
    return [...this.#all.values()];
  }

  /** @param {string} id */
  get(id) {
    return this.#all.get(id);
  }

  /**
   * @param {number} run of the app: keys are its own
   * @param {WireEvent} event
   * @returns {Exchange | undefined} none when it has been forgotten
   */
  add(run, event) {
    const id = idOf(run, event.exchange);
    let exchange = this.#all.get(id);
    if (!exchange) {
      if (event.kind !== "scope") return undefined;
      exchange = {
        id,
        title: titleOf(event),
        protocol: event.type,
        state: texts.states.waiting,
        events: [],
        dropped: 0,
      };
      this.#all.set(id, exchange);
      this.#forget(exchange);
    }
    exchange.state = stateAfter(event, exchange.state);
    exchange.events.push(event);
    if (exchange.events.length > MAX_EVENTS) {
      exchange.events.splice(1, 1);
      exchange.dropped += 1;
    }
    return exchange;
  }

  /** @param {Exchange} newest */
  #forget(newest) {
    if (this.#all.size <= MAX_EXCHANGES) return;
    const lifespan = [...this.#all.values()].reverse().find(({ protocol }) => protocol === "lifespan");
    for (const each of this.#all.values()) {
      if (each === lifespan || each === newest) continue;
      this.#all.delete(each.id);
      return;
    }
  }
}

/**
 * @param {number} run
 * @param {string} key
 */
export function idOf(run, key) {
  return `${run}:${key}`;
}

/** @param {WireEvent} event */
function titleOf({ exchange, title, type }) {
  if (type === "lifespan") return texts.lifespan;
  if (exchange.startsWith("own.")) return texts.own(title);
  const client = clientOf(exchange);
  return client === 1 ? title : texts.ofClient(title, client);
}

/**
 * What an event makes of its exchange.
 * @param {WireEvent} event
 * @param {string} before
 */
function stateAfter({ kind, type, code }, before) {
  const { states } = texts;
  if (kind === "raised") return states.raised;
  if (kind === "returned" && before === states.waiting) return states.ended;
  if (kind !== "send" && kind !== "receive") return before;
  if (type === "http.response.start" || type === "websocket.http.response.start") return String(code ?? "");
  if (type === "websocket.accept") return states.open;
  if (type === "websocket.close" || type === "websocket.disconnect") return states.closed(code);
  if (type === "lifespan.startup.complete") return states.started;
  if (type === "lifespan.shutdown.complete") return states.ended;
  return type.startsWith("lifespan.") && type.endsWith(".failed") ? states.failed : before;
}
