// @ts-check
/**
 * An app's answer as it is recorded and compared.
 *
 * @import { HeaderPair, RecordedAnswer } from "../types.d.ts"
 */

/** Where recorded apps seem to run. */
export const RECORDED_ORIGIN = "http://localhost:8000";

/** Of the connection or of the moment, not of the app. */
const NOT_RECORDED = new Set([
  "connection",
  "content-length",
  "date",
  "keep-alive",
  "server",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/**
 * @param {number} status
 * @param {HeaderPair[]} headers those that the app has sent
 * @param {Uint8Array<ArrayBuffer>} bytes the body, or its beginning
 * @param {boolean} partial whether the body went on
 * @param {URL} [mount] of the app, which reads as `RECORDED_ORIGIN` in the result
 * @returns {Promise<RecordedAnswer>}
 */
export async function toRecorded(status, headers, bytes, partial, mount = new URL(RECORDED_ORIGIN)) {
  const kept = headers.map(([name, value]) => /** @type {HeaderPair} */ ([name.toLowerCase(), value.trim()]));
  const text = textOf(bytes, header(kept, "content-type"), partial);
  const recorded = {
    status,
    headers: kept
      .filter(([name]) => !NOT_RECORDED.has(name))
      .map(([name, value]) => /** @type {HeaderPair} */ ([name, unmounted(value, mount, "/")])),
    ...(text === undefined ? { binary: await digest(bytes) } : { body: unmounted(text, mount, "") }),
  };
  return partial ? { ...recorded, partial } : recorded;
}

/**
 * @param {HeaderPair[]} headers
 * @param {string} name in lower case
 */
export function header(headers, name) {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** @param {HeaderPair[]} headers */
export function isJson(headers) {
  return JSON_TYPE.test(header(headers, "content-type") ?? "");
}

/**
 * Undefined for what is no text: files of records cannot hold it.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string | undefined} contentType
 * @param {boolean} partial
 */
function textOf(bytes, contentType, partial) {
  try {
    // A body that is cut off may end within a character.
    const text = decoder(contentType).decode(bytes, { stream: partial });
    if (/[^\P{Cc}\t\n\r\x80-\x9f]/u.test(text)) return undefined;
    return text.replace(/\r\n?/g, "\n");
  } catch {
    return undefined;
  }
}

/** @param {string | undefined} contentType */
function decoder(contentType = "") {
  const charset = /;\s*charset="?([\w.:-]+)/i.exec(contentType)?.[1] ?? "utf-8";
  return new TextDecoder(charset, { fatal: true });
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<{ size: number, sha256: string }>}
 */
async function digest(bytes) {
  // Pages that come by plain HTTP have none.
  const hash = globalThis.crypto?.subtle ? await crypto.subtle.digest("SHA-256", bytes) : new ArrayBuffer();
  const digits = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0"));
  return { size: bytes.length, sha256: digits.join("") };
}

/**
 * @param {string} text
 * @param {URL} mount
 * @param {string} root what stands for the mount's path where nothing follows it
 */
function unmounted(text, mount, root) {
  const path = mount.pathname.replace(/\/$/, "");
  const pattern = (/** @type {string} */ url) => new RegExp(`${literal(url)}(?![\\w-])(/?)`, "g");
  const whole = text.replace(pattern(mount.origin + path), `${RECORDED_ORIGIN}$1`);
  return path ? whole.replace(pattern(path), (_path, slash) => slash || root) : whole;
}

/** @param {string} text */
function literal(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
