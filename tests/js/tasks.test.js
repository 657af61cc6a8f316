// @ts-check
// Whether an answer is the one that a task wants.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lacks } from "../../assets/tasks/expectation.js";
import { verdict } from "../../assets/tasks/verdict.js";

const answer = (status, body) => ({ status, headers: [], body });

for (const [wanted, body, isDone] of [
  ["Emma", "<b>Emma</b>", true],
  ["emma", "<b>Emma</b>", false],
  ["Emma", undefined, false],
  ['{"a": 1}', '{"b": 2,"a":1}', true],
  ['{"a": 1}', '{"a": "1"}', false],
  ['{"a": 1}', '[{"a": 1}]', false],
  ['{"a": 1}', "a: 1", false],
  ['{"a": {"b": null}}', '{"a": {"b": null, "c": []}}', true],
  ['{"a": null}', "{}", false],
  ['[1, {"a": 2}]', '[0, 1, {"b": 1}, {"a": 2, "b": 1}]', true],
  ["[2, 1]", "[1, 2]", false],
  ["[1, 1]", "[1]", false],
  ["[]", "{}", false],
  ["9007199254740993", "9007199254740992", false],
])
  test(`${wanted} is ${isDone ? "" : "not "}in ${body}`, () => {
    assert.equal(lacks({ status: 200, body: wanted }, answer(200, body)).length === 0, isDone);
  });

test("the status comes first", () => {
  const task = { status: 201, body: "Emma" };
  assert.deepEqual(lacks(task, answer(404, "Emma")), [{ name: "status", wanted: "201", found: "404" }]);
  assert.deepEqual(lacks({ status: 404 }, answer(404)), []);
});

test("a verdict in words", () => {
  const task = { status: 201, body: "Emma" };
  assert.equal(verdict(task, answer(404, "")), "Not yet: it answered 404; 201 is wanted.");
  assert.equal(verdict(task, answer(201, "")), "Not yet: the status is right; the body is to have Emma.");
  assert.equal(verdict(task, { ...answer(201, ""), partial: true }), "Not yet: the answer has no end.");
  assert.equal(verdict(task, answer(201, "Emma")), "");
});
