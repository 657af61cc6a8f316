// What a response without a content type is taken for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const context = vm.createContext({ ReadableStream, TextDecoder, Uint8Array });
vm.runInContext(
  readFileSync(new URL("../../assets/service-worker/sniffing.js", import.meta.url), "utf8"),
  context,
);

const bytes = (text) => new TextEncoder().encode(text);
const sniffed = (body, headers = []) => context.withSniffedType({ headers, body });
const typeOf = ({ headers }) => headers.find(([name]) => name === "content-type")?.[1];

for (const text of ["<!DOCTYPE html>", " \n<html >", "<h1>Title</h1>", "<p>", "<!-- x -->", "<A href=x>"])
  test(`${JSON.stringify(text)} is a page`, async () => {
    assert.equal(typeOf(await sniffed(bytes(text))), "text/html");
  });

for (const text of ["", "text", "<pre>", "<html", "<header>", '{"a": 1}'])
  test(`${JSON.stringify(text)} is none`, async () => {
    assert.equal(typeOf(await sniffed(bytes(text))), undefined);
  });

for (const [name, value] of [
  ["content-type", "text/plain"],
  ["content-encoding", "gzip"],
  ["x-content-type-options", "nosniff"],
])
  test(`with ${name}: ${value} nothing is guessed`, async () => {
    assert.deepEqual((await sniffed(bytes("<p>"), [[name, value]])).headers, [[name, value]]);
  });

test("a stream keeps all its bytes, and is asked for no more than its reader wants", async () => {
  let pulled = 0;
  const chunks = ["<h1>a", "</h1>", "b"];
  const stream = new ReadableStream(
    {
      pull(controller) {
        if (pulled < chunks.length) controller.enqueue(bytes(chunks[pulled++]));
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const response = await sniffed(stream);
  assert.equal(typeOf(response), "text/html");
  assert.equal(pulled, 1);
  assert.equal(await new Response(response.body).text(), "<h1>a</h1>b");
});

test("a stream that nobody reads ends at its source", async () => {
  const ended = [];
  const stream = new ReadableStream({
    start: (controller) => controller.enqueue(bytes("<p>")),
    cancel: (reason) => ended.push(reason),
  });
  const { body } = await sniffed(stream);
  await body.cancel("gone");
  assert.deepEqual(ended, ["gone"]);
});

test("an empty stream is none", async () => {
  const { headers, body } = await sniffed(new Response("").body);
  assert.deepEqual(headers, []);
  assert.equal(await new Response(body).text(), "");
});
