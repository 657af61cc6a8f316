import assert from "node:assert/strict";
import { test } from "node:test";

import { jsonLines } from "../../assets/requests/json-lines.js";

test("short JSON stays in its line", () => {
  assert.equal(jsonLines('{"id":1,"title":"Emma"}'), '{"id":1,"title":"Emma"}');
});

test("long JSON is put in lines, its numbers as they were written", () => {
  const text = `{"big":9007199254740993,"price":1.50,"none":[],"empty":{},"deep":[{"a":null},"${"x".repeat(60)}"]}`;
  assert.equal(
    jsonLines(text),
    [
      "{",
      '  "big": 9007199254740993,',
      '  "price": 1.50,',
      '  "none": [],',
      '  "empty": {},',
      '  "deep": [',
      "    {",
      '      "a": null',
      "    },",
      `    "${"x".repeat(60)}"`,
      "  ]",
      "}",
    ].join("\n"),
  );
});

test("what is no JSON stays", () => {
  const text = `{"cut": "${"x".repeat(80)}`;
  assert.equal(jsonLines(text), text);
});
