// @ts-check
/**
 * Decompression of Zstandard (RFC 8878), while the bytes arrive or all at once. Browsers undo it for HTTP, but
 * not for scripts. vendor/zstddec.wasm takes no longer than they take for gzip (tests/bench/README.md).
 */

/**
 * `ZSTD_inBuffer` and `ZSTD_outBuffer` are three words each: where the buffer is, its size, how far it is used.
 * https://facebook.github.io/zstd/zstd_manual.html#Chapter8
 */
const BUFFER_SIZE = 3 * 4;
/** What `ZSTD_decompressStream` gives at the end of a frame; errors are negative. */
const FRAME_END = 0;
/** https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1 */
const MAGIC = 0xfd2fb528;

/** @param {Uint8Array} content */
export function isPacked({ buffer, byteOffset, byteLength }) {
  return byteLength >= 4 && new DataView(buffer, byteOffset).getUint32(0, true) === MAGIC;
}

export class Zstd {
  #module;
  /** @type {any} its exports, while a frame is open: the memory is not for keeps */ #library = null;
  #frames = 0;

  /** @param {WebAssembly.Module} module vendor/zstddec.wasm */
  constructor(module) {
    this.#module = module;
  }

  /**
   * As a `DecompressionStream`.
   * @returns {TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>}
   */
  stream() {
    const frame = this.#open();
    /** @type {Transformer<Uint8Array, Uint8Array<ArrayBuffer>> & { cancel(): void }} */
    const transformer = {
      transform(chunk, controller) {
        for (const part of frame.unpack(chunk)) controller.enqueue(part);
      },
      flush: () => frame.end(),
      cancel: () => frame.close(),
    };
    return new TransformStream(transformer);
  }

  /** @param {Uint8Array} packed */
  unpack(packed) {
    const frame = this.#open();
    const parts = [...frame.unpack(packed)];
    frame.end();
    return joined(parts);
  }

  #open() {
    this.#library ??= new WebAssembly.Instance(this.#module, {
      env: { emscripten_notify_memory_growth() {} },
    }).exports;
    this.#frames += 1;
    return new Frame(this.#library, () => {
      this.#frames -= 1;
      if (this.#frames === 0) this.#library = null;
    });
  }
}

/** A compressed file on its way. */
class Frame {
  #library;
  #onClose;
  #context;
  #pointers;
  #input;
  #inputSize;
  #output;
  #outputSize;
  #status = 1;
  #isOpen = true;

  /**
   * @param {any} library
   * @param {() => void} onClose
   */
  constructor(library, onClose) {
    this.#library = library;
    this.#onClose = onClose;
    this.#inputSize = library.ZSTD_DStreamInSize();
    this.#outputSize = library.ZSTD_DStreamOutSize();
    this.#context = library.ZSTD_createDCtx();
    this.#pointers = library.malloc(2 * BUFFER_SIZE);
    this.#input = library.malloc(this.#inputSize);
    this.#output = library.malloc(this.#outputSize);
  }

  /**
   * @param {Uint8Array} chunk
   * @returns {Iterable<Uint8Array<ArrayBuffer>>}
   */
  *unpack(chunk) {
    for (let at = 0; at < chunk.length; at += this.#inputSize)
      yield* this.#step(chunk.subarray(at, at + this.#inputSize));
  }

  /** @param {Uint8Array} input not longer than its buffer */
  *#step(input) {
    const [inBuffer, outBuffer] = [this.#pointers, this.#pointers + BUFFER_SIZE];
    let view = new DataView(this.#library.memory.buffer);
    new Uint8Array(view.buffer).set(input, this.#input);
    setBuffer(view, inBuffer, this.#input, input.length);
    for (let isFull = true; isFull || used(view, inBuffer) < input.length; ) {
      setBuffer(view, outBuffer, this.#output, this.#outputSize);
      this.#status = this.#library.ZSTD_decompressStream(this.#context, outBuffer, inBuffer);
      if (this.#status < 0) throw this.#failed();
      view = new DataView(this.#library.memory.buffer); // it may have grown
      const size = used(view, outBuffer);
      yield new Uint8Array(view.buffer.slice(this.#output, this.#output + size));
      isFull = size === this.#outputSize && this.#status !== FRAME_END;
    }
  }

  /** To be called after the last chunk. */
  end() {
    if (this.#status !== FRAME_END) throw this.#failed();
    this.close();
  }

  #failed() {
    this.close();
    return new Error(this.#status < 0 ? `Zstandard: error ${-this.#status}` : "Zstandard: cut off");
  }

  close() {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#library.ZSTD_freeDCtx(this.#context);
    for (const buffer of [this.#pointers, this.#input, this.#output]) this.#library.free(buffer);
    this.#onClose();
  }
}

/**
 * @param {DataView} view
 * @param {number} buffer
 * @param {number} place
 * @param {number} size
 */
function setBuffer(view, buffer, place, size) {
  view.setUint32(buffer, place, true);
  view.setUint32(buffer + 4, size, true);
  view.setUint32(buffer + 8, 0, true);
}

/**
 * @param {DataView} view
 * @param {number} buffer
 */
function used(view, buffer) {
  return view.getUint32(buffer + 8, true);
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
