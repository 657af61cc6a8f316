// Sends the documented requests of one app, one after the other, as a client that keeps cookies.
//
// Runs in a folder that has the front end's files beside it (asgi_docs/package/node_scripts.py).

import "./cookie-jar.js";
import { headerPairs, headerText } from "./header-text.js";
import { RECORDED_ORIGIN, toRecorded } from "./requests/answers.js";
import { differences } from "./requests/differences.js";
import { fill } from "./requests/references.js";
import { lacks } from "./tasks/expectation.js";

/** Milliseconds without a further part, after which a stream is taken to go on for ever. */
const SILENCE = 1_000;
/** And milliseconds after which it is left whatever comes. */
const PATIENCE = 5_000;
/** Bytes of an answer that does not tell its length. */
const MOST = 256 * 1024;

const encoder = new TextEncoder();

/**
 * @typedef {object} Asked
 * @property {object} [answer] as it is recorded; none when there was no whole answer
 * @property {string[]} [differences] from the recorded one
 * @property {string[]} [lacks] what a task wants and the answer has not
 * @property {string} [failure]
 *
 * @param {any} bridge with an app that has started
 * @returns {(request: object) => Promise<Asked>}
 */
export function asking(bridge) {
  const jar = new globalThis.asgiDocsCookieJar(new URL(RECORDED_ORIGIN));
  const earlier = [];
  return async (documented) => {
    const asked = { name: documented.name, answer: null };
    try {
      const request = fill(documented, earlier);
      asked.answer = await ask(bridge, `${earlier.length}`, request, jar);
    } catch (error) {
      return { failure: error.message };
    } finally {
      earlier.push(asked);
    }
    const { answer } = asked;
    if (documented.task) return { answer, lacks: lacks(documented.task, answer).map(inWords) };
    return { answer, ...(documented.answer ? { differences: differences(documented.answer, answer) } : {}) };
  };
}

function inWords({ name, wanted, found }) {
  return name === "status" ? `status: ${wanted} wanted, ${found} now` : `body: ${wanted} wanted, missing now`;
}

async function ask(bridge, key, request, jar) {
  const [path] = request.target.split("?", 1);
  const body = typeof request.body === "string" ? encoder.encode(request.body) : undefined;
  const headers = sentHeaders(request.headers, body, jar.header(path));
  const collector = new Collector((size) => bridge.credit(key, size));
  bridge.request(key, request.method, request.target, headerText(headers), body, false, collector);
  const { status, headers: answered, bytes, isPartial } = await collector.answer;
  if (isPartial) bridge.disconnect(key);
  for (const [name, value] of answered) if (name === "set-cookie") jar.store(value, path);
  return toRecorded(status, answered, bytes, isPartial);
}

function sentHeaders(given, body, cookie) {
  const headers = given.map(([name, value]) => [name.toLowerCase(), value]);
  const own = new Set(headers.map(([name]) => name));
  const added = [
    ["host", new URL(RECORDED_ORIGIN).host],
    ["accept", "*/*"],
    ...(cookie ? [["cookie", cookie]] : []),
    ...(body ? [["content-length", `${body.length}`]] : []),
  ];
  return [...added.filter(([name]) => !own.has(name)), ...headers];
}

/** Takes one response from the bridge. */
class Collector {
  #chunks = [];
  #size = 0;
  #head;
  #silence;
  #patience;

  constructor(credit) {
    this.credit = credit;
    this.answer = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
  }

  start(status, _reason, headers, body, more) {
    const pairs = headerPairs(headers);
    const isMeasured = pairs.some(([name]) => name.toLowerCase() === "content-length");
    this.#head = { status, headers: pairs.map(([name, value]) => [name.toLowerCase(), value]) };
    this.limit = isMeasured ? Number.POSITIVE_INFINITY : MOST;
    this.#patience = setTimeout(() => this.#end(true), PATIENCE);
    this.body(body, more);
  }

  body(chunk, more) {
    clearTimeout(this.#silence);
    if (chunk) {
      this.#chunks.push(chunk);
      this.#size += chunk.length;
      this.credit(chunk.length);
    }
    if (!more || this.#size > this.limit) this.#end(more || this.#size > this.limit);
    else this.#silence = setTimeout(() => this.#end(true), SILENCE);
  }

  fail(reason) {
    this.#clear();
    this.reject(new Error(reason));
  }

  consumed() {}

  #end(isPartial) {
    this.#clear();
    const whole = new Uint8Array(Buffer.concat(this.#chunks));
    this.resolve({ ...this.#head, bytes: isPartial ? whole.subarray(0, MOST) : whole, isPartial });
  }

  #clear() {
    clearTimeout(this.#silence);
    clearTimeout(this.#patience);
  }
}
