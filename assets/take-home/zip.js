// @ts-check
/** Writes ZIP archives: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3 and 4.4. */

const LOCAL_FILE = 0x04034b50;
const CENTRAL_FILE = 0x02014b50;
const END = 0x06054b50;
/** "2.0": folders, and DEFLATE. */
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 1 << 11;
const DEFLATE = 8;

/**
 * @param {Record<string, Uint8Array>} files by path
 * @param {Date} [time] of all of them
 * @returns {Promise<Blob>}
 */
export async function zip(files, time = new Date()) {
  const [folders, date] = [Object.entries(files), dosTime(time)];
  /** @type {BlobPart[]} */ const parts = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */ const central = [];
  let offset = 0;
  for (const [path, content] of folders) {
    const name = new TextEncoder().encode(path);
    const packed = await deflated(content);
    const entry = [VERSION, FLAGS, DEFLATE, ...date];
    const sizes = [crc32(content), packed.length, content.length];
    const local = record([LOCAL_FILE], entry, sizes, [name.length, 0]);
    parts.push(local, name, packed);
    central.push(
      record([CENTRAL_FILE], [VERSION, ...entry], sizes, [name.length, 0, 0, 0, 0], [0, offset]),
      name,
    );
    offset += local.length + name.length + packed.length;
  }
  const size = central.reduce((sum, part) => sum + part.length, 0);
  const count = folders.length;
  const end = record([END], [0, 0, count, count], [size, offset], [0]);
  return new Blob([...parts, ...central, end], { type: "application/zip" });
}

/**
 * Numbers, by turns of four bytes each and of two bytes each.
 * @param {...number[]} groups
 */
function record(...groups) {
  const bytes = groups.map((group, index) => group.map((number) => littleEndian(number, index % 2 ? 2 : 4)));
  return new Uint8Array(bytes.flat(2));
}

/**
 * @param {number} number
 * @param {number} size in bytes
 */
function littleEndian(number, size) {
  return Array.from({ length: size }, (_, index) => (number >>> (8 * index)) & 0xff);
}

/**
 * Hours and the date, in two words.
 * @param {Date} time
 */
function dosTime(time) {
  const clock = (time.getHours() << 11) | (time.getMinutes() << 5) | (time.getSeconds() >> 1);
  const date = ((time.getFullYear() - 1980) << 9) | ((time.getMonth() + 1) << 5) | time.getDate();
  return [clock, date];
}

/** @param {Uint8Array} content */
async function deflated(content) {
  const stream = new Blob([new Uint8Array(content)]).stream();
  const packed = stream.pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** @param {Uint8Array} content */
function crc32(content) {
  let crc = ~0;
  for (const byte of content) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
