// @ts-check
/**
 * What an app prints for a terminal: text in colours (SGR of ECMA-48, with the colours of ISO 8613-6), and
 * other escape sequences, which a log has no use for.
 *
 * @typedef {object} Style
 * @property {number | string | null} foreground one of the 16 colours, or "#rrggbb"
 * @property {number | string | null} background likewise
 * @property {boolean} bold
 * @property {boolean} dim
 * @property {boolean} italic
 * @property {boolean} underline
 * @property {boolean} strike
 * @property {boolean} inverse
 *
 * @typedef {{ text: string, style: Style }} Run
 */

/** @type {Style} */
export const PLAIN = {
  foreground: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
  inverse: false,
};

/** @type {Record<number, Partial<Style>>} */
const CHANGES = {
  0: PLAIN,
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
  21: { underline: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
  29: { strike: false },
  39: { foreground: null },
  49: { background: null },
};

// A sequence that goes on to a string terminator (OSC, DCS, SOS, PM, APC), one with parameters (CSI), and one of a
// letter or two; of a terminal's other control characters a log keeps line ends and tabs.
const ESCAPE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about
  /\x1b(?:[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|\[([0-?]*)[ -/]*([@-~])|[ -/]*[0-OQ-WYZ\\`-~])|[\0-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: likewise
const UNFINISHED = /\x1b(?:[\]PX^_][^\x07\x1b]*\x1b?|\[[0-?]*[ -/]*|[ -/]*)$/;
/** Characters after which a sequence without an end is none. */
const PATIENCE = 4_096;

/** The steps of the 6 × 6 × 6 colours among the 256. */
const STEPS = [0, 95, 135, 175, 215, 255];

/** Reads one stream, in whatever pieces it comes. */
export class AnsiReader {
  #style = PLAIN;
  #rest = "";

  /**
   * @param {string} piece
   * @returns {Run[]}
   */
  read(piece) {
    let text = this.#rest + piece;
    this.#rest = UNFINISHED.exec(text)?.[0] ?? "";
    text = text.slice(0, text.length - this.#rest.length);
    if (this.#rest.length > PATIENCE) this.#rest = "";
    /** @type {Run[]} */
    const runs = [];
    let end = 0;
    const add = (/** @type {number} */ to) => {
      if (to > end) runs.push({ text: text.slice(end, to), style: this.#style });
    };
    for (const match of text.matchAll(ESCAPE)) {
      add(match.index);
      end = match.index + match[0].length;
      if (match[2] === "m") this.#style = changed(this.#style, match[1]);
    }
    add(text.length);
    return runs;
  }
}

/**
 * @param {Style} style
 * @param {string} parameters of an SGR sequence
 */
function changed(style, parameters) {
  const codes = parameters.split(";");
  for (let at = 0; at < codes.length; at++) {
    const [code, ...details] = codes[at].split(":").map(Number);
    if (code === 38 || code === 48) {
      // Either "38:2::1:2:3", whose colour space may be missing, or, as most write it, "38;2;1;2;3".
      const isRGB = (details[0] ?? Number(codes[at + 1])) === 2;
      const values = details.length > 0 ? details : codes.slice(at + 1, at + (isRGB ? 5 : 3)).map(Number);
      if (details.length === 0) at += values.length;
      const color = isRGB ? hex(values.slice(1).slice(-3)) : indexed(values[1]);
      style = { ...style, [code === 38 ? "foreground" : "background"]: color };
    } else if (code === 4 && details[0] === 0) style = { ...style, underline: false };
    else style = { ...style, ...(CHANGES[code] ?? named(code)) };
  }
  return style;
}

/** @param {number} code */
function named(code) {
  const decade = Math.floor(code / 10);
  const index = code % 10;
  if (index > 7) return {};
  if (decade === 3 || decade === 9) return { foreground: decade === 9 ? index + 8 : index };
  if (decade === 4 || decade === 10) return { background: decade === 10 ? index + 8 : index };
  return {};
}

/** @param {number} index among 256 colours */
function indexed(index) {
  if (!(index >= 0 && index < 256)) return null;
  if (index < 16) return index;
  if (index >= 232) return hex(Array(3).fill(8 + (index - 232) * 10));
  const place = index - 16;
  return hex([Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map((step) => STEPS[step]));
}

/** @param {number[]} channels */
function hex(channels) {
  if (channels.length < 3 || !channels.every((each) => each >= 0 && each < 256)) return null;
  return `#${channels.map((each) => Math.floor(each).toString(16).padStart(2, "0")).join("")}`;
}
