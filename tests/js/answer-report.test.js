/** What the page is told of an answer that passes through the Python worker. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { AnswerReport } from "../../assets/answer-report.js";

const REQUEST = { key: "1.7", method: "GET", path: "/items" };
const JSON_TYPE = [["content-type", "application/json; charset=utf-8"]];
const bytes = (text) => new TextEncoder().encode(text);

function reporting() {
  const told = [];
  const report = new AnswerReport(({ duration, ...message }) => {
    assert.ok(duration >= 0 && duration < 60_000);
    told.push(message);
  }, REQUEST);
  return [report, told];
}

const head = (status, headers = []) => ({ status, reason: "Words", headers });
const response = (status, size) => ({ type: "response", ...REQUEST, status, reason: "Words", size });
const end = (size, isWhole) => ({ type: "response.end", key: "1.7", size, isWhole });

describe("an answer", () => {
  it("in one go has a size", () => {
    const [report, told] = reporting();
    report.start(head(200), bytes("hello"), false);
    report.cut(); // the client goes away afterwards
    assert.deepEqual(told, [response(200, 5)]);
  });

  it("without a body has one, too", () => {
    const [report, told] = reporting();
    report.start(head(204), undefined, false);
    assert.deepEqual(told, [response(204, 0)]);
  });

  it("in parts is told at its beginning and at its end", () => {
    const [report, told] = reporting();
    report.start(head(200), bytes("é"), true);
    report.body(bytes("123"), true);
    report.body(undefined, false);
    assert.deepEqual(told, [response(200, null), end(5, true)]);
  });

  it("that is cut off is told once", () => {
    const [report, told] = reporting();
    report.start(head(200), bytes("12"), true);
    report.cut();
    report.cut();
    assert.deepEqual(told, [response(200, null), end(2, false)]);
  });

  it("that never begins is not told", () => {
    const [report, told] = reporting();
    report.cut();
    assert.deepEqual(told, []);
  });
});

describe("a refusal", () => {
  const text = '{"detail": "é"}';

  it("is told with its text", () => {
    const [report, told] = reporting();
    report.start(head(422, JSON_TYPE), bytes(text), false);
    assert.deepEqual(told, [{ ...response(422, 16), refusal: text }]);
  });

  it("may come in any parts", () => {
    const [report, told] = reporting();
    const whole = bytes(text);
    report.start(head(404, [["content-type", "application/problem+json"]]), undefined, true);
    for (const byte of whole) report.body(Uint8Array.of(byte), true);
    report.body(undefined, false);
    assert.deepEqual(told, [response(404, null), { ...end(16, true), refusal: text }]);
  });

  for (const [name, status, headers, body] of [
    ["a success", 200, JSON_TYPE, text],
    ["a failure of the app", 500, JSON_TYPE, text],
    ["another type", 422, [["content-type", "text/html"]], text],
    ["no type", 422, [], text],
    ["a compressed one", 422, [...JSON_TYPE, ["content-encoding", "gzip"]], text],
    ["a long one", 422, JSON_TYPE, `"${"x".repeat(20_000)}"`],
  ])
    it(`has no text as ${name}`, () => {
      const [report, told] = reporting();
      report.start(head(status, headers), bytes(body), false);
      assert.deepEqual(told, [response(status, bytes(body).length)]);
    });

  it("that is cut off has none either", () => {
    const [report, told] = reporting();
    report.start(head(422, JSON_TYPE), bytes("{"), true);
    report.cut();
    assert.deepEqual(told, [response(422, null), end(1, false)]);
  });
});
