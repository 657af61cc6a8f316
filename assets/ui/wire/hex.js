// @ts-check

const WIDTH = 8;

/**
 * Bytes as editors of binary files show them: where, in hexadecimal digits, and as characters.
 * @param {string} digits two for each byte
 */
export function hexDump(digits) {
  const bytes = digits.match(/../g) ?? [];
  const rows = [];
  for (let at = 0; at < bytes.length; at += WIDTH) {
    const row = bytes.slice(at, at + WIDTH);
    const place = at.toString(16).padStart(4, "0");
    rows.push(`${place}  ${row.join(" ").padEnd(WIDTH * 3 - 1)}  ${row.map(character).join("")}`);
  }
  return rows.join("\n");
}

/** @param {string} byte */
function character(byte) {
  const code = Number.parseInt(byte, 16);
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : ".";
}
