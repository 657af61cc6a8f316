// @ts-check
/**
 * Snapshots as they are kept: four bytes with the length of a description, four with a checksum of all that
 * follows, the description as JSON, and the pages of memory that are not empty, which are little more than
 * half of them.
 *
 * @import { Snapshot, SnapshotDescription } from "./types.d.ts"
 *
 * @typedef {[start: number, end: number]} Range in bytes
 */

/** Bytes. */
const PAGE = 4096;
/** Bytes before the description. */
const HEADER = 8;

/**
 * @param {Uint8Array} memory
 * @returns {Range[]}
 */
export function rangesInUse(memory) {
  const words = wordsOf(memory);
  /** @type {Range[]} */
  const ranges = [];
  for (let start = 0; start < memory.length; start += PAGE) {
    const end = start + PAGE;
    if (isEmpty(words, start / 4, end / 4)) continue;
    const last = ranges.at(-1);
    if (last?.[1] === start) last[1] = end;
    else ranges.push([start, end]);
  }
  return ranges;
}

/**
 * @param {Uint32Array} words
 * @param {number} start
 * @param {number} end
 */
function isEmpty(words, start, end) {
  for (let at = start; at < end; at++) if (words[at] !== 0) return false;
  return true;
}

/**
 * A copy, made at once: whenever the browser collects JavaScript's garbage, Python lets go of something.
 * @param {SnapshotDescription} description without the ranges
 * @param {Uint8Array<ArrayBuffer>} [memory]
 */
export function snapshotFile(description, memory = new Uint8Array()) {
  const ranges = rangesInUse(memory);
  const text = inWords(JSON.stringify({ ...description, ranges }));
  const contents = [text, ...ranges.map((range) => memory.subarray(...range))];
  const checksum = contents.reduce((sum, bytes) => checksumOf(wordsOf(bytes), sum), 0);
  return new Blob([Uint32Array.of(text.length, checksum), ...contents]);
}

/**
 * Whatever changes one word changes it; other damage, but for one time in four thousand million. A hash of
 * WebCrypto takes three to five times as long, and all of the memory in one piece.
 * @param {Uint32Array} words
 * @param {number} [before] of the words before
 */
function checksumOf(words, before = 0) {
  let sum = before;
  for (let at = 0; at < words.length; at++) sum = (Math.imul(sum, 31) + words[at] + 1) | 0;
  return sum >>> 0;
}

/** @param {Uint8Array} bytes */
function wordsOf({ buffer, byteOffset, length }) {
  return new Uint32Array(buffer, byteOffset, length / 4);
}

/** @param {string} json */
function inWords(json) {
  const text = new TextEncoder().encode(json);
  const words = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(" ".charCodeAt(0));
  words.set(text);
  return words;
}

/**
 * @param {ArrayBuffer} file
 * @returns {SnapshotDescription & { memory: Iterable<[start: number, content: Uint8Array]> }}
 * @throws {Error} it is damaged
 */
export function readSnapshotFile(file) {
  const [length, checksum] = new Uint32Array(file, 0, HEADER / 4);
  if (checksumOf(new Uint32Array(file, HEADER)) !== checksum) throw new Error("damaged");
  const text = new TextDecoder().decode(new Uint8Array(file, HEADER, length));
  /** @type {SnapshotDescription & { ranges: Range[] }} */
  const { ranges, ...description } = JSON.parse(text);
  const content = new Uint8Array(file, HEADER + length);
  let offset = 0;
  const memory = ranges.map(([start, end]) => {
    const part = content.subarray(offset, offset + end - start);
    offset += part.length;
    return /** @type {[number, Uint8Array]} */ ([start, part]);
  });
  return { ...description, memory };
}
