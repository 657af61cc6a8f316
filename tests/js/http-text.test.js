import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { readRequest } from "../../assets/requests/http-text.js";
import { requestText } from "../../assets/requests/request-text.js";

// What the builds read, too: tests/unit/requests/test_http_text.py.
const cases = JSON.parse(await readFile(new URL("../http_text.json", import.meta.url), "utf-8"));

for (const [text, request] of cases.requests)
  test(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(readRequest(text), request));

for (const [text, line] of cases.wrong)
  test(`tells what is wrong with ${JSON.stringify(text)}`, () =>
    assert.throws(
      () => readRequest(text),
      ({ message }) => message.startsWith("There is no request") || message.startsWith(`Line ${line}: `),
    ));

test("one at a time", () => {
  assert.throws(() => readRequest("GET /a\n\n###\nGET /b"), /several requests/);
});

test("lines of any kind", () => {
  assert.equal(readRequest("POST /a\r\n\r\none\r\ntwo").body, "one\ntwo");
});

test("writes what it reads", () => {
  const text = 'POST /books?a=1 HTTP/1.1\nContent-Type: application/json\nX-Empty:\n\n{"title": "Emma"}';
  assert.equal(requestText(readRequest(text)), text);
});
