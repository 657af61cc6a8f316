// @ts-check
/**
 * Bodies as HTTP frames and codes them: how long a request's body is, and what a response's body is
 * once its content codings are taken off. The browser's network layer does both for a server; nobody
 * does it for a service worker.
 *
 * A classic script and a module, as exchange.js is; it adds to `globalThis.asgiDocs`.
 */

{
  /** Request bodies up to this size travel in one message. */
  const WHOLE_BODY = 1 << 20;

  /** Content codings and what `DecompressionStream` calls them. */
  const FORMATS = { gzip: "gzip", deflate: "deflate", br: "brotli", zstd: "zstd" };
  /** @type {Record<string, CompressionFormat>} */
  const formats = {};
  for (const [coding, format] of Object.entries(FORMATS)) {
    try {
      new DecompressionStream(/** @type {CompressionFormat} */ (format));
      formats[coding] = /** @type {CompressionFormat} */ (format);
    } catch {
      // not in this browser
    }
  }

  /**
   * A body whose length is known: apps take a request with neither `content-length` nor
   * `transfer-encoding` for one without a body.
   * @param {Blob} blob
   * @returns {Promise<import("./types.d.ts").FramedBody>}
   */
  async function framed(blob) {
    return {
      body: blob.size > WHOLE_BODY ? blob.stream() : await blob.arrayBuffer(),
      framing: [["content-length", String(blob.size)]],
    };
  }

  /**
   * A body without its content codings; null when one of them is unknown here.
   * @param {ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>} body
   * @param {string} codings value of `content-encoding`
   */
  function decoded(body, codings) {
    const names = codings
      .split(",")
      .map((name) =>
        name
          .trim()
          .toLowerCase()
          .replace(/^x-(?=gzip$)/, ""),
      )
      .filter((name) => name && name !== "identity");
    if (!names.every((name) => name in formats)) return null;
    // The last one was put on last (https://www.rfc-editor.org/rfc/rfc9110#section-8.4).
    return names.reduceRight((stream, name) => withoutCoding(stream, formats[name]), streamOf(body));
  }

  /** @param {ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>} body */
  function streamOf(body) {
    return body instanceof ReadableStream ? body : new Blob([body]).stream();
  }

  /**
   * A `DecompressionStream` takes nothing at all for an error, and calls raw deflate a different format;
   * browsers let both pass.
   * @param {ReadableStream<Uint8Array>} coded
   * @param {CompressionFormat} format
   * @returns {ReadableStream<Uint8Array>}
   */
  function withoutCoding(coded, format) {
    const source = coded.getReader();
    /** @type {ReadableStreamDefaultReader<Uint8Array> | null} */ let plain = null;

    async function begin() {
      let first = await source.read();
      while (first.value?.byteLength === 0) first = await source.read();
      if (first.done) return null;
      const isRaw = format === "deflate" && (first.value[0] & 0x0f) !== 8;
      /** @type {ReadableStream<any>} */
      const rest = new ReadableStream({
        start: (controller) => controller.enqueue(first.value),
        async pull(controller) {
          const { done, value } = await source.read();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: (reason) => source.cancel(reason),
      });
      return rest.pipeThrough(new DecompressionStream(isRaw ? "deflate-raw" : format)).getReader();
    }

    return new ReadableStream({
      async pull(controller) {
        plain ??= await begin();
        if (!plain) return controller.close();
        const { done, value } = await plain.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => (plain ?? source).cancel(reason),
    });
  }

  globalThis.asgiDocs = Object.assign(globalThis.asgiDocs ?? {}, {
    framed,
    decoded,
    /** What a request may say in `accept-encoding`. */
    acceptEncoding: Object.keys(formats).join(", "),
  });
}
