// @ts-check
/**
 * Layers (asgi_docs/package/recipe.py) in Pyodide's file system. All files of a layer are there from
 * the beginning, with their sizes; the content of a cold one is asked for when it is first read.
 *
 * @import { LayerIndex } from "./types.d.ts"
 * @typedef {LayerIndex["files"]} Sizes
 */

const REGULAR_FILE = 0o100644;
/** `EIO`, as Emscripten numbers it. */
const INPUT_OUTPUT_ERROR = 29;

/**
 * Takes the hot part of a layer apart.
 * @param {ArrayBuffer} buffer
 * @returns {{ index: LayerIndex, content: Uint8Array }}
 */
export function readHot(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const index = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  return { index, content: new Uint8Array(buffer, 4 + length) };
}

/**
 * Makes files of parts of a buffer, without copying them.
 * @param {any} FS of Emscripten
 * @param {string} root
 * @param {Sizes} sizes
 * @param {Uint8Array} content one file after the other
 */
export function mount(FS, root, sizes, content) {
  for (const [path, part] of parts(sizes, content)) {
    const node = createFile(FS, `${root}/${path}`);
    node.contents = part;
    node.usedBytes = part.length;
  }
}

/** Files whose contents come later. */
export class LazyFiles {
  /** @type {Map<string, any>} those without content so far */ #nodes = new Map();
  /** @type {Map<any, string>} */ #paths = new Map();
  /** @type {any} what Emscripten does with files */ #operations;
  #module;
  #sizes;
  #load;

  /**
   * @param {any} module Emscripten's
   * @param {string} root
   * @param {Sizes} sizes
   * @param {(path: string) => void} load fills at least this file, before it returns
   */
  constructor(module, root, sizes, load) {
    this.#module = module;
    this.#sizes = sizes;
    this.#load = load;
    let lazily;
    for (const [path, size] of sizes) {
      const node = createFile(module.FS, `${root}/${path}`);
      this.#operations ??= { node_ops: node.node_ops, stream_ops: node.stream_ops };
      lazily ??= this.#lazily();
      Object.assign(node, lazily);
      node.usedBytes = size;
      this.#paths.set(node, path);
      this.#nodes.set(path, node);
    }
  }

  #lazily() {
    const { node_ops, stream_ops } = this.#operations;
    // A view of Python's memory is of no use any more when the memory has grown in the meantime.
    /** @param {Uint8Array} buffer */
    const current = (buffer) => (buffer.length ? buffer : this.#module.HEAP8);
    /** @param {"read" | "write"} name */
    const transfer =
      (name) =>
      (/** @type {any} */ stream, /** @type {Uint8Array} */ buffer, /** @type {any} */ ...rest) => {
        this.#need(stream.node);
        return stream_ops[name](stream, current(buffer), ...rest);
      };
    return {
      stream_ops: {
        ...stream_ops,
        read: transfer("read"),
        write: transfer("write"),
        mmap: (/** @type {any} */ stream, /** @type {any} */ ...rest) => {
          this.#need(stream.node);
          return stream_ops.mmap(stream, ...rest);
        },
      },
      node_ops: {
        ...node_ops,
        setattr: (/** @type {any} */ node, /** @type {any} */ attributes) => {
          if (attributes.size !== undefined) this.#need(node);
          node_ops.setattr(node, attributes);
        },
      },
    };
  }

  /** @param {any} node */
  #need(node) {
    const path = this.#paths.get(node);
    if (path === undefined) return;
    try {
      this.#load(path);
    } catch (error) {
      console.error(error);
      throw new this.#module.FS.ErrnoError(INPUT_OUTPUT_ERROR);
    }
  }

  /** @param {Uint8Array} content one file after the other */
  fillAll(content) {
    for (const [path, part] of parts(this.#sizes, content)) this.fill(path, part);
  }

  /**
   * @param {string} path
   * @param {Uint8Array} content
   */
  fill(path, content) {
    const node = this.#nodes.get(path);
    if (!node) return;
    this.#nodes.delete(path);
    this.#paths.delete(node);
    Object.assign(node, this.#operations, { contents: content });
  }
}

/**
 * @param {Sizes} sizes
 * @param {Uint8Array} content
 * @returns {Iterable<[path: string, part: Uint8Array]>}
 */
function* parts(sizes, content) {
  let offset = 0;
  for (const [path, size] of sizes) {
    yield [path, content.subarray(offset, offset + size)];
    offset += size;
  }
}

/** @type {{ FS: any, path: string, node: any }} */
let lastFolder = { FS: null, path: "", node: null };

/**
 * @param {any} FS
 * @param {string} path
 */
function createFile(FS, path) {
  const cut = path.lastIndexOf("/");
  const folder = path.slice(0, cut);
  // Paths come sorted, and looking each one up would take longer than all the rest.
  if (lastFolder.FS !== FS || lastFolder.path !== folder) {
    FS.mkdirTree(folder);
    lastFolder = { FS, path: folder, node: FS.lookupPath(folder).node };
  }
  const { node } = lastFolder;
  return node.node_ops.mknod(node, path.slice(cut + 1), REGULAR_FILE, 0);
}
