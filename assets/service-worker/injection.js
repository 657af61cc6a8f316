// @ts-check
/** Puts our frame client into an app's HTML pages. */

/** Where the start of an HTML page is looked for. */
const HTML_PREAMBLE = 8192;
/** Content of a page without a <head>: a complete tag name, or text, after a byte order mark as latin-1 shows it. */
const CONTENT = /<(?!(?:head|html)\b)[a-z][a-z0-9-]*[\s/>]|^(?:\xEF\xBB\xBF)?\s*[^<\s\xEF]/i;

/**
 * Puts frame-client.js into an HTML page, before any script of its own. Of a streamed page as much
 * is held back as it takes to find the place: the script before a doctype would mean quirks mode.
 * @param {ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>} body
 * @param {string} mount
 * @param {string} cookies the app's, as app-cookies.js writes them
 * @param {string} nonce that lets our script run under the page's Content-Security-Policy, if it takes one
 * @param {(start: string) => boolean} isHTML tells from what has come; what is none stays as it is
 */
function withFrameClient(body, mount, cookies, nonce, isHTML) {
  const data = ` data-mount="${escaped(mount)}"${cookies && ` data-cookies="${escaped(cookies)}"`}`;
  const tag = `<script src="${escaped(frameClient)}"${nonce && ` nonce="${nonce}"`}${data}></script>`;
  const bytes = new TextEncoder().encode(tag);
  /** @type {Uint8Array<ArrayBuffer>} */ let held = new Uint8Array();
  let inserted = false; // or left out
  /** @param {boolean} last */
  const insert = (last) => {
    const start = new TextDecoder("latin1").decode(held.subarray(0, HTML_PREAMBLE));
    const head = /<head\b[^>]*>/i.exec(start);
    if (!isHTML(start)) {
      inserted = true;
      return held;
    }
    // Without a <head> in sight more may have to come, unless other content has begun.
    if (!head && !last && held.length < HTML_PREAMBLE && !CONTENT.test(start)) return null;
    const match = head ?? /<html\b[^>]*>/i.exec(start) ?? /<!doctype[^>]*>/i.exec(start);
    inserted = true;
    return joined(held, bytes, match ? match.index + match[0].length : 0);
  };
  if (!(body instanceof ReadableStream)) {
    held = body;
    return insert(true);
  }
  return body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        if (inserted) return controller.enqueue(chunk);
        held = joined(held, chunk, held.length);
        const page = insert(false);
        if (page) controller.enqueue(page);
      },
      flush(controller) {
        if (!inserted) controller.enqueue(insert(true));
      },
    }),
  );
}

/**
 * @param {Uint8Array} whole
 * @param {Uint8Array} part
 * @param {number} position
 */
function joined(whole, part, position) {
  const result = new Uint8Array(whole.length + part.length);
  result.set(whole.subarray(0, position));
  result.set(part, position);
  result.set(whole.subarray(position), position + part.length);
  return result;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
