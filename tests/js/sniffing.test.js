// What a response without a content type is taken for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const context = vm.createContext({});
vm.runInContext(
  readFileSync(new URL("../../assets/service-worker/sniffing.js", import.meta.url), "utf8"),
  context,
);

for (const text of ["<!DOCTYPE html>", " \n<html >", "<h1>Title</h1>", "<p>", "<!-- x -->", "<A href=x>"])
  test(`${JSON.stringify(text)} is a page`, () => assert.ok(context.beginsLikeHTML(text)));

for (const text of ["", "text", "<pre>", "<html", "<header>", '{"a": 1}'])
  test(`${JSON.stringify(text)} is none`, () => assert.ok(!context.beginsLikeHTML(text)));

for (const [name, value] of [
  ["content-type", "text/plain"],
  ["x-content-type-options", "nosniff"],
])
  test(`with ${name}: ${value} nothing is guessed`, () => {
    assert.ok(!context.isUntyped(new Headers([[name, value]])));
  });
