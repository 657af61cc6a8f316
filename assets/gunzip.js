// @ts-check
/**
 * Decompression that does not return before it is done, as browsers have none: by the zlib that is a
 * part of Pyodide. Cold files (layers.js) are read by Python, which cannot wait for a promise.
 */

const CHUNK = 65_536;
/** The size of `z_stream` in bytes, and the places of its fields in words: https://zlib.net/manual.html */
const STREAM = { size: 56, nextIn: 0, availableIn: 1, nextOut: 3, availableOut: 4 };
/** For `windowBits`: any window, and a header of gzip. */
const GZIP = 15 + 16;
const OK = 0;
const STREAM_END = 1;

/** @param {Uint8Array} content */
export function isGzip(content) {
  return content[0] === 0x1f && content[1] === 0x8b; // https://www.rfc-editor.org/rfc/rfc1952#page-6
}

/**
 * @param {any} module Emscripten's
 * @param {Uint8Array} packed
 * @returns {Uint8Array}
 */
export function gunzip(module, packed) {
  const stream = module._malloc(STREAM.size + 2 * CHUNK);
  const [input, output] = [stream + STREAM.size, stream + STREAM.size + CHUNK];
  // Python's memory may grow in each call, which makes new views.
  /** @param {number} field */
  const get = (field) => module.HEAPU32[(stream >>> 2) + field];
  /** @param {number} field @param {number} value */
  const set = (field, value) => {
    module.HEAPU32[(stream >>> 2) + field] = value;
  };
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const chunks = [];
  module.HEAPU8.fill(0, stream, stream + STREAM.size);
  let status = module._inflateInit2_(stream, GZIP, module._zlibVersion(), STREAM.size);
  for (let position = 0; status === OK; ) {
    if (get(STREAM.availableIn) === 0) {
      const chunk = packed.subarray(position, position + CHUNK);
      module.HEAPU8.set(chunk, input);
      position += chunk.length;
      set(STREAM.nextIn, input);
      set(STREAM.availableIn, chunk.length);
    }
    set(STREAM.nextOut, output);
    set(STREAM.availableOut, CHUNK);
    status = module._inflate(stream, 0); // an error when there is no input any more
    chunks.push(module.HEAPU8.slice(output, output + CHUNK - get(STREAM.availableOut)));
  }
  module._inflateEnd(stream);
  module._free(stream);
  if (status !== STREAM_END) throw new Error(`zlib: ${status}`);
  return joined(chunks);
}

/** @param {Uint8Array[]} chunks */
function joined(chunks) {
  const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
