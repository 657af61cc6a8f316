// @ts-check
/**
 * One request to a running app, and its answer as it comes.
 *
 * @import { AsgiLiveElement } from "../element.js"
 * @import { DocumentedRequest, HeaderPair, RecordedAnswer } from "../types.d.ts"
 *
 * @typedef {object} Head
 * @property {number} status
 * @property {string} reason
 * @property {HeaderPair[]} headers the app's
 *
 * @typedef {object} Receiver
 * @property {(head: Head) => void} head
 * @property {(part: Uint8Array<ArrayBuffer>, soFar: () => Promise<RecordedAnswer>) => void} body
 *
 * @typedef {object} Exchanged
 * @property {RecordedAnswer} answer
 * @property {Blob} content the body
 * @property {number} duration in milliseconds, until the end of the body
 */

import { texts } from "../texts.js";
import { toRecorded } from "./answers.js";
import { texts as words } from "./texts.js";

/** Why a request is aborted of which the reader wants to keep what has come. */
export const STOPPED = new Error(texts.stopped);

/** Bytes that a page can show and compare. */
const MOST = 32 << 20;
/** Milliseconds after which an answer that only another request needs is taken as it is. */
const PATIENCE = 5_000;

/**
 * @param {AsgiLiveElement} live
 * @param {Pick<DocumentedRequest, "method" | "target" | "headers" | "body">} request
 * @param {object} options
 * @param {AbortSignal} [options.signal]
 * @param {Receiver} [options.receiver] who sees the answer; without one an endless answer is left
 * @returns {Promise<Exchanged>}
 */
export async function exchange(live, { method, target, headers, body }, { signal, receiver }) {
  const impatience = new AbortController();
  const ends = signal ? AbortSignal.any([signal, impatience.signal]) : impatience.signal;
  const began = performance.now();
  const response = await live.fetch(target, { method, headers: plain(headers), body, signal: ends });
  const { status, statusText, rawHeaders } = response;
  receiver?.head({ status, reason: statusText, headers: rawHeaders });
  const timer = receiver ? 0 : setTimeout(() => impatience.abort(STOPPED), PATIENCE);
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  const content = () => new Blob(parts, { type: response.headers.get("content-type") ?? "" });
  const answer = async (/** @type {boolean} */ isPartial) => {
    const bytes = new Uint8Array(await content().arrayBuffer());
    return toRecorded(status, rawHeaders, bytes, isPartial, new URL(live.baseURL));
  };
  const isWhole = await read(response, ends, (part) => {
    parts.push(part);
    receiver?.body(part, () => answer(true));
  }).finally(() => clearTimeout(timer));
  const duration = performance.now() - began;
  return { answer: await answer(!isWhole), content: content(), duration };
}

/**
 * Recorded answers were asked for by a client that takes no content codings.
 * @param {HeaderPair[]} headers
 * @returns {HeaderPair[]}
 */
function plain(headers) {
  if (headers.some(([name]) => name.toLowerCase() === "accept-encoding")) return headers;
  return [...headers, ["accept-encoding", "identity"]];
}

/**
 * @param {Response} response
 * @param {AbortSignal} signal
 * @param {(part: Uint8Array<ArrayBuffer>) => void} onPart
 * @returns {Promise<boolean>} whether it is the whole body
 */
async function read(response, signal, onPart) {
  const reader = response.body?.getReader();
  let size = 0;
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done || !value) return true;
      onPart(/** @type {Uint8Array<ArrayBuffer>} */ (value));
      size += value.byteLength;
      if (size > MOST) throw new Error(words.tooLong(MOST));
    }
  } catch (error) {
    if (signal.aborted && signal.reason === STOPPED) return false;
    reader?.cancel().catch(() => {});
    throw error;
  }
}
