import assert from "node:assert/strict";
import { test } from "node:test";

import { OutputBuffer } from "../../assets/output-buffer.js";

/** @returns {[OutputBuffer, [string, string][]]} */
function collecting() {
  const sent = [];
  return [new OutputBuffer((stream, text) => sent.push([stream, text])), sent];
}

test("what stands before an endless loop is sent at once", () => {
  const [buffer, sent] = collecting();
  for (const text of ["one\n", "two\n", "three\n"]) buffer.write("stdout", text);
  assert.deepEqual(sent, [
    ["stdout", "one\n"],
    ["stdout", "two\n"],
    ["stdout", "three\n"],
  ]);
});

test("a flood takes few messages, and nothing of it is lost or out of order", async () => {
  const [buffer, sent] = collecting();
  const began = performance.now();
  for (let line = 0; line < 10_000; line++) buffer.write("stdout", `${line}\n`);
  buffer.write("stderr", "end\n");
  const windows = 1 + Math.ceil((performance.now() - began) / 50);
  await new Promise((resolve) => setTimeout(resolve, 120));
  assert.ok(sent.length <= windows * 20 + 2, `${sent.length} messages`);
  const all = sent.map(([, text]) => text).join("");
  assert.equal(all, `${Array.from({ length: 10_000 }, (_, line) => line).join("\n")}\nend\n`);
  assert.deepEqual(sent.at(-1), ["stderr", "end\n"]);
});
