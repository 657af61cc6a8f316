// Frames of Zstandard that hold their content as it is: Node 20 cannot make others.
// https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1

const BLOCK = 100_000;

/** @param {Uint8Array | string} content */
export function frame(content) {
  const plain = Buffer.from(content);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(plain.length);
  const parts = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0]), size];
  for (let at = 0; at === 0 || at < plain.length; at += BLOCK) {
    const block = plain.subarray(at, at + BLOCK);
    const header = Buffer.alloc(3);
    header.writeUIntLE((block.length << 3) | Number(at + BLOCK >= plain.length), 0, 3);
    parts.push(header, block);
  }
  return new Uint8Array(Buffer.concat(parts));
}
