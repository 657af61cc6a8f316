// @ts-check
/**
 * The type of a page whose response names none: a browser looks at its first bytes, and so do we, or
 * such a page would go without our frame client.
 * https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type
 */

/** How many bytes a browser looks at. */
const RESOURCE_HEADER = 1445;
const HTML =
  /^[\t\n\f\r ]*<(?:(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[ >]|!--)/i;

/**
 * @param {import("../types.d.ts").AppResponse} response to a navigation
 * @returns {Promise<import("../types.d.ts").AppResponse>}
 */
async function withSniffedType(response) {
  const { headers, body } = response;
  const names = headers.map(([name]) => name);
  if (
    !body ||
    names.some((name) => ["content-type", "content-encoding", "x-content-type-options"].includes(name))
  )
    return response;
  const [start, whole] = body instanceof ReadableStream ? await peeked(body) : [body, body];
  const isHTML = HTML.test(new TextDecoder("latin1").decode(start.subarray(0, RESOURCE_HEADER)));
  return {
    ...response,
    headers: isHTML ? [...headers, ["content-type", "text/html"]] : headers,
    body: whole,
  };
}

/**
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {Promise<[start: Uint8Array, whole: ReadableStream<Uint8Array>]>} the first chunk, and a stream with all
 */
async function peeked(stream) {
  const reader = stream.getReader();
  const first = await reader.read();
  const start = first.value ?? new Uint8Array();
  const source = {
    /** @param {ReadableStreamDefaultController} controller */
    start(controller) {
      if (first.done) controller.close();
      else controller.enqueue(start);
    },
    /** @param {ReadableStreamDefaultController} controller */
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    /** @param {unknown} reason */
    cancel: (reason) => reader.cancel(reason),
  };
  const whole = new ReadableStream(source, { highWaterMark: 0 });
  return [start, whole];
}
