/** Colours of terminals in what an app prints. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { AnsiReader, PLAIN } from "../../assets/ui/log/ansi.js";

/** What is read of the pieces, without what is as usual. */
function read(...pieces) {
  const reader = new AnsiReader();
  const runs = pieces.flatMap((piece) => reader.read(piece));
  return runs.map(({ text, style }) => {
    const unusual = Object.entries(style).filter(([name, value]) => value !== PLAIN[name]);
    return unusual.length > 0 ? [text, Object.fromEntries(unusual)] : [text];
  });
}

const CASES = {
  "plain text": ["a\tb\n", [["a\tb\n"]]],
  "a colour, and its end": ["\x1b[32mgreen\x1b[0m plain", [["green", { foreground: 2 }], [" plain"]]],
  "an empty parameter is a reset": ["\x1b[1mbold\x1b[m plain", [["bold", { bold: true }], [" plain"]]],
  "bright colours": ["\x1b[91;104mx", [["x", { foreground: 9, background: 12 }]]],
  "the default colours": ["\x1b[31;41m\x1b[39;49mx", [["x"]]],
  "256 colours": [
    "\x1b[38;5;9ma\x1b[38;5;196mb\x1b[48;5;244mc",
    [
      ["a", { foreground: 9 }],
      ["b", { foreground: "#ff0000" }],
      ["c", { foreground: "#ff0000", background: "#808080" }],
    ],
  ],
  "true colours": ["\x1b[38;2;1;22;255mx", [["x", { foreground: "#0116ff" }]]],
  "true colours with colons": [
    "\x1b[38:2::1:22:255;1mx\x1b[38:2:1:2:3my\x1b[48:5:196mz",
    [
      ["x", { foreground: "#0116ff", bold: true }],
      ["y", { foreground: "#010203", bold: true }],
      ["z", { foreground: "#010203", background: "#ff0000", bold: true }],
    ],
  ],
  "codes after a colour": ["\x1b[38;5;196;4mx", [["x", { foreground: "#ff0000", underline: true }]]],
  "a colour that is none": ["\x1b[38;2;1;2mx\x1b[38;5;999my", [["x"], ["y"]]],
  "bold, dim, italic, underlined, struck, inverse": [
    "\x1b[1;2;3;4;7;9mx",
    [["x", { bold: true, dim: true, italic: true, underline: true, inverse: true, strike: true }]],
  ],
  "each of them ends": ["\x1b[1;2;3;4;7;9m\x1b[22;23;24;27;29mx", [["x"]]],
  "a curly line, and none": ["\x1b[4:3mx\x1b[4:0my", [["x", { underline: true }], ["y"]]],
  "unknown codes": ["\x1b[5;73;200;38mx", [["x"]]],
  "other sequences": [
    "a\x1b[2Kb\x1b[?25lc\x1b[10;5Hd\x1b7e\x1bMf\x1b(Bg",
    ["a", "b", "c", "d", "e", "f", "g"].map((x) => [x]),
  ],
  "titles and links": [
    "\x1b]0;title\x07a\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\b\x1bPdevice\x1b\\c",
    [["a"], ["link"], ["b"], ["c"]],
  ],
  "control characters": ["a\x07\x00b\b\x7fc", [["a"], ["b"], ["c"]]],
};

describe("what an app prints", () => {
  for (const [name, [text, expected]] of Object.entries(CASES))
    it(name, () => assert.deepEqual(read(text), expected));

  it("may be cut anywhere", () => {
    for (const [text] of Object.values(CASES)) {
      const whole = joined(read(text));
      for (let at = 1; at < text.length; at++)
        assert.deepEqual(joined(read(text.slice(0, at), text.slice(at))), whole, JSON.stringify([text, at]));
      assert.deepEqual(joined(read(...text)), whole, text);
    }
  });

  it("keeps its colour from piece to piece", () => {
    assert.deepEqual(read("\x1b[31mone", "two"), [
      ["one", { foreground: 1 }],
      ["two", { foreground: 1 }],
    ]);
  });

  it("is not held back for ever by a sequence without an end", () => {
    const pieces = Array.from({ length: 10 }, () => "x".repeat(1_000));
    const text = joined(read("a\x1b]0;", ...pieces))
      .map(([part]) => part)
      .join("");
    assert.ok(text.startsWith("a") && text.length > 1_000, text.slice(0, 20));
  });
});

/** Runs of equal style as one. */
function joined(runs) {
  const result = [];
  for (const [text, style] of runs) {
    const last = result.at(-1);
    if (last && JSON.stringify(last[1]) === JSON.stringify(style)) last[0] += text;
    else result.push([text, style]);
  }
  return result;
}
