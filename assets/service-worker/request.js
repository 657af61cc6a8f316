// @ts-check
/**
 * From the browser's request to the one that an app gets.
 *
 * @import { FramedBody, HeaderPair } from "../types.d.ts"
 */

/** Set by frame-client/requests.js, never seen by an app: `<id>`, then the flags `;stream` and `;keepalive`. */
const MARKS = `${PRIVATE}request`;
/** Milliseconds without a byte after which a body is passed on as a stream of unknown length. */
const PAUSE = 1_000;
/** Bytes kept in this thread before they become a part of a Blob, which browsers keep on disk. */
const LOOSE_BYTES = 1 << 20;

/** @param {Request} request */
function marksOf(request) {
  const [id, ...flags] = (request.headers.get(MARKS) ?? "").split(";");
  return { id, isStream: flags.includes("stream"), keepalive: flags.includes("keepalive") };
}

/**
 * The request's body. A server gets the length of everything but a stream; a service worker must have all of
 * a body to know it. Firefox has no `request.body`, and no streams as bodies.
 * @param {Request} request
 * @returns {Promise<Blob | ReadableStream<Uint8Array> | null>}
 */
async function bodyOf(request) {
  if (request.method === "GET" || request.method === "HEAD") return null;
  if (!request.body) return request.blob();
  return marksOf(request).isStream ? request.body : collected(request.body);
}

/**
 * All of a body; or the stream that it turns out to be, when more is long in coming. (A web worker's
 * request bears no mark.)
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {Promise<Blob | ReadableStream<Uint8Array>>}
 */
async function collected(stream) {
  const reader = stream.getReader();
  /** @type {BlobPart[]} */ const parts = [];
  let loose = 0;
  for (;;) {
    const reading = reader.read();
    const result = await soon(reading);
    if (!result) return resumed(new Blob(parts), reading, reader);
    if (result.done) return new Blob(parts);
    parts.push(/** @type {Uint8Array<ArrayBuffer>} */ (result.value));
    loose += result.value.byteLength;
    if (loose < LOOSE_BYTES) continue;
    parts.splice(0, parts.length, new Blob(parts));
    loose = 0;
  }
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T | null>} null when it takes too long
 */
function soon(promise) {
  /** @type {number} */ let timer;
  /** @type {Promise<null>} */
  const pause = new Promise((resolve) => {
    timer = setTimeout(resolve, PAUSE, null);
  });
  return Promise.race([promise, pause]).finally(() => clearTimeout(timer));
}

/**
 * @param {Blob} begun
 * @param {Promise<ReadableStreamReadResult<Uint8Array>>} reading
 * @param {ReadableStreamDefaultReader<Uint8Array>} reader
 * @returns {ReadableStream<Uint8Array>}
 */
function resumed(begun, reading, reader) {
  /** @type {Promise<ReadableStreamReadResult<Uint8Array>> | null} */ let next = reading;
  return new ReadableStream({
    async start(controller) {
      if (begun.size > 0) controller.enqueue(new Uint8Array(await begun.arrayBuffer()));
    },
    async pull(controller) {
      const { done, value } = await (next ?? reader.read());
      next = null;
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
