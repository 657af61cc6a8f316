// What a body is without its content codings, and how long a request's body is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync, createGzip, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import "../../assets/content.js";
import { text } from "./app.js";

const { acceptEncoding, decoded, framed } = globalThis.asgiDocs;
const TEXT = "Zażółć gęślą jaźń. ".repeat(500);
const plain = Buffer.from(TEXT);
const canBrotli = acceptEncoding.includes("br");

/** A stream of these chunks. */
const streamOf = (...chunks) =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new Uint8Array(chunk));
      controller.close();
    },
  });

for (const [codings, bytes] of [
  ["gzip", gzipSync(plain)],
  ["GZip", gzipSync(plain)],
  ["x-gzip", gzipSync(plain)],
  ["deflate", deflateSync(plain)],
  ["deflate", deflateRawSync(plain)],
  ["identity", plain],
  ["", plain],
  ["deflate, identity, gzip", gzipSync(deflateSync(plain))],
  ...(canBrotli ? [["br", brotliCompressSync(plain)]] : []),
]) {
  test(`${codings || "nothing"}, whole and in parts`, async () => {
    assert.equal(await text(decoded(new Uint8Array(bytes), codings)), TEXT);
    const parts = [bytes.subarray(0, 0), bytes.subarray(0, 1), bytes.subarray(1, 20), bytes.subarray(20)];
    assert.equal(await text(decoded(streamOf(...parts), codings)), TEXT);
  });
}

test("nothing at all is nothing", async () => {
  assert.equal(await text(decoded(new Uint8Array(), "gzip")), "");
  assert.equal(await text(decoded(streamOf(), "gzip, deflate")), "");
});

test("an unknown coding is left alone", () => {
  assert.equal(decoded(plain, "gzip, rot13"), null);
});

for (const [what, bytes] of [
  ["cut off", gzipSync(plain).subarray(0, 50)],
  ["something else", plain],
]) {
  test(`a body that is ${what} fails`, async () => {
    await assert.rejects(text(decoded(streamOf(bytes), "gzip")));
  });
}

test("what the sender has flushed is there at once", { timeout: 5_000 }, async () => {
  const gzip = createGzip();
  const flushed = async (part) => {
    gzip.write(part);
    await new Promise((resolve) => gzip.flush(resolve));
    return gzip.read();
  };
  const source = new TransformStream();
  const writer = source.writable.getWriter();
  const reader = decoded(source.readable, "gzip").getReader();
  for (const part of ["data: 1\n\n", "data: 2\n\n"]) {
    writer.write(new Uint8Array(await flushed(part)));
    assert.equal(Buffer.from((await reader.read()).value).toString(), part);
  }
  await reader.cancel();
});

for (const [when, readFirst] of [
  ["after its first part", true],
  ["at once", false],
]) {
  test(`a reader that goes away ${when} ends the source`, { timeout: 5_000 }, async () => {
    await new Promise((cancelled) => {
      const source = new ReadableStream({
        start: (controller) => controller.enqueue(new Uint8Array(gzipSync(plain)).subarray(0, 200)),
        cancel: cancelled,
      });
      const reader = decoded(source, "gzip").getReader();
      (readFirst ? reader.read() : Promise.resolve()).then(() => reader.cancel("enough"));
    });
  });
}

test("browsers' codings are asked for", () => {
  assert.match(acceptEncoding, /^gzip, deflate/);
});

test("a body's length is told; a small one travels whole, a big one as a stream", async () => {
  const small = await framed(new Blob(["12345"]));
  assert.deepEqual(small.framing, [["content-length", "5"]]);
  assert.ok(small.body instanceof ArrayBuffer);
  const big = await framed(new Blob([new Uint8Array(3_000_000)]));
  assert.deepEqual(big.framing, [["content-length", "3000000"]]);
  assert.equal((await new Response(big.body).arrayBuffer()).byteLength, 3_000_000);
  assert.ok(big.body instanceof ReadableStream);
});
