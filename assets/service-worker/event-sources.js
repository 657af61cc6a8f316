// @ts-check
/**
 * An `EventSource` that connects again says which event was its last. Chromium does not show that header
 * to service workers, so it is read from the stream that has ended.
 *
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */

/** Of streams that have ended, by page and URL; taken by the next request. */
/** @type {Map<string, string>} */
const lastEventIds = new Map();

/**
 * The header of a request that connects again.
 * @param {FetchEvent} event
 * @returns {HeaderPair[]}
 */
function lastEventIdOf(event) {
  const key = eventSourceKey(event);
  const id = key && lastEventIds.get(key);
  // Bytes of UTF-8, as characters of latin-1.
  return id ? [["last-event-id", String.fromCharCode(...new TextEncoder().encode(id))]] : [];
}

/**
 * The same response; the id of its last event is kept when it ends by itself.
 * @param {FetchEvent} event
 * @param {Response} response
 */
function rememberingEventId(event, response) {
  const key = eventSourceKey(event);
  const reader = key && response.body?.getReader();
  if (!reader) return response;
  const ids = new EventIds(lastEventIds.get(key) ?? "");
  lastEventIds.delete(key);
  const body = new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) {
          ids.read(value);
          return controller.enqueue(value);
        }
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      if (ids.last) lastEventIds.set(key, ids.last);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(body, response);
}

/**
 * Its page will not connect again.
 * @param {string} clientId
 * @param {string} [url] of one; else of all
 */
function forgetEventIds(clientId, url) {
  const begin = `${clientId} ${url ?? ""}`;
  for (const key of lastEventIds.keys())
    if (url ? key === begin : key.startsWith(begin)) lastEventIds.delete(key);
}

/** Follows the ids in an event stream. */
class EventIds {
  #decoder = new TextDecoder();
  #line = "";
  #next;

  /** @param {string} last */
  constructor(last) {
    this.last = this.#next = last;
  }

  /** @param {Uint8Array} chunk */
  read(chunk) {
    const lines = (this.#line + this.#decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    this.#line = lines.pop() ?? "";
    for (const line of lines) {
      const [, id] = /^id(?:: ?(.*))?$/s.exec(line) ?? [];
      if (line === "") this.last = this.#next;
      else if (/^id(:|$)/.test(line) && !id?.includes("\0")) this.#next = id ?? "";
    }
  }
}

/** @param {FetchEvent} event */
function eventSourceKey({ clientId, request }) {
  const { headers, url } = request;
  // What a script fetches bears our marks, and says itself which event was its last.
  const isEventSource = headers.get("accept") === "text/event-stream" && !headers.has(MARKS);
  return IS_CHROMIUM && isEventSource && `${clientId} ${url}`;
}
