// @ts-check
/**
 * Snapshots as they are kept: four bytes with the length of a description, the description as JSON, and
 * the pages of memory that are not empty, which are little more than half of them.
 *
 * @import { Snapshot, SnapshotDescription } from "./types.d.ts"
 *
 * @typedef {[start: number, end: number]} Range in bytes
 */

/** Bytes. */
const PAGE = 4096;
/** Bytes that are copied at a time: the whole is never there twice. */
const PART = 1 << 20;

/**
 * @param {Uint8Array} memory
 * @returns {Range[]}
 */
export function rangesInUse(memory) {
  const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.length / 4);
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
 * @param {SnapshotDescription} description without the ranges
 * @param {Uint8Array<ArrayBuffer>} [memory] read while the file is: it must not change meanwhile
 * @returns {{ size: number, stream: ReadableStream<Uint8Array<ArrayBuffer>> }}
 */
export function snapshotFile(description, memory = new Uint8Array()) {
  const ranges = rangesInUse(memory);
  const text = new TextEncoder().encode(JSON.stringify({ ...description, ranges }));
  const size = 4 + text.length + ranges.reduce((sum, [start, end]) => sum + end - start, 0);
  const length = new Uint8Array(Uint32Array.of(text.length).buffer);
  const parts = copies([length, text, ...ranges.map((range) => memory.subarray(...range))]);
  const stream = new ReadableStream({
    pull(controller) {
      const { value, done } = parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return { size, stream };
}

/** @param {Uint8Array<ArrayBuffer>[]} contents */
function* copies(contents) {
  for (const content of contents)
    for (let start = 0; start < content.length; start += PART) yield content.slice(start, start + PART);
}

/**
 * @param {ArrayBuffer} file
 * @returns {SnapshotDescription & { memory: Iterable<[start: number, content: Uint8Array]> }}
 * @throws {Error} it is damaged
 */
export function readSnapshotFile(file) {
  const length = new DataView(file).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(file, 4, length));
  /** @type {SnapshotDescription & { ranges: Range[] }} */
  const { ranges, ...description } = JSON.parse(text);
  const content = new Uint8Array(file, 4 + length);
  if (content.length !== ranges.reduce((sum, [start, end]) => sum + end - start, 0))
    throw new Error("cut short");
  let offset = 0;
  const memory = ranges.map(([start, end]) => {
    const part = content.subarray(offset, offset + end - start);
    offset += part.length;
    return /** @type {[number, Uint8Array]} */ ([start, part]);
  });
  return { ...description, memory };
}
