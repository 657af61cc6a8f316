/** A reader of lines of text, as they come. */
const textReader = (body) => {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  return {
    reader,
    async next() {
      const { done, value } = await reader.read();
      return done ? null : decoder.decode(value, { stream: true });
    },
  };
};

const tools = (fetch, until) => ({
  release: async (name) => (await fetch(`/release/${name}`)).text(),
  told: async () => (await fetch("/told")).json(),
  heard: (word) => {
    const seen = [];
    return until(async () => {
      seen.push(...(await (await fetch("/told")).json()));
      return seen.includes(word) && seen;
    });
  },
});

export default {
  title: "Streams",
  checks: {
    "a streaming response arrives as it is sent": async ({ fetch, equal, until }) => {
      const { release, heard } = tools(fetch, until);
      const response = await fetch("/lines/plain");
      const { next } = textReader(response.body);
      for (let line = 0; line < 3; line += 1) {
        equal(await next(), `line ${line}\n`);
        await release("plain");
      }
      equal(await next(), null);
      await heard("plain closed");
    },

    "a streaming response behind BaseHTTPMiddleware arrives as it is sent": async ({
      fetch,
      equal,
      until,
    }) => {
      const { release, heard } = tools(fetch, until);
      const response = await fetch("/passed/lines/passed");
      equal(response.headers.get("x-passed"), "1");
      const { next } = textReader(response.body);
      for (let line = 0; line < 3; line += 1) {
        equal(await next(), `line ${line}\n`);
        await release("passed");
      }
      equal(await next(), null);
      await heard("passed closed");
    },

    "a synchronous iterator is streamed": async ({ fetch, equal }) => {
      equal(await (await fetch("/sync-lines")).text(), "line 0\nline 1\nline 2\n");
    },

    "a stream that GZipMiddleware compresses comes whole": async ({ fetch, equal, until }) => {
      const { release } = tools(fetch, until);
      for (let line = 0; line < 3; line += 1) await release("zipped");
      const response = await fetch("/zipped/lines/zipped");
      equal(response.headers.get("content-encoding"), "gzip");
      equal(await response.text(), "line 0\nline 1\nline 2\n");
    },

    "XMLHttpRequest sees a stream grow": async ({ frame, fetch, equal, until }) => {
      const { release } = tools(fetch, until);
      const request = new (frame().XMLHttpRequest)();
      request.open("GET", "/lines/xhr?type=application/json"); // Chromium looks at the start of text first
      request.send();
      await until(() => request.responseText === "line 0\n");
      equal(request.readyState, 3);
      await release("xhr");
      await until(() => request.responseText === "line 0\nline 1\n");
      await release("xhr");
      await release("xhr");
      await until(() => request.readyState === 4);
      equal(request.responseText, "line 0\nline 1\nline 2\n");
    },

    "a page is shown while it comes": async ({ block, frame, fetch, until, ok }) => {
      frame().location.href = `${block.baseURL}page`;
      await until(() => frame().document.querySelector("#first"));
      ok(!frame().document.querySelector("#second"));
      await block.fetch("/release/page");
      await until(() => frame().document.querySelector("#second"));
    },

    "server-sent events arrive, and a reconnection says where it was": async ({
      frame,
      fetch,
      equal,
      until,
    }) => {
      const { told } = tools(fetch, until);
      await told();
      const source = new (frame().EventSource)("/ticks");
      const seen = [];
      source.addEventListener("tick", ({ data, lastEventId }) => seen.push([data, lastEventId]));
      await until(() => seen.length >= 4);
      source.close();
      equal(
        seen.slice(0, 4),
        [0, 1, 2, 3].map((number) => [String(number), String(number)]),
      );
      equal((await told()).slice(0, 2), ["asked after -1", "asked after 1"]);
    },

    "sse-starlette's events arrive one by one, and close() ends them": async ({
      frame,
      fetch,
      equal,
      until,
    }) => {
      const { release, heard } = tools(fetch, until);
      const source = new (frame().EventSource)("/sse/sse");
      const seen = [];
      source.onmessage = ({ data }) => seen.push(data);
      for (let number = 0; number < 3; number += 1) {
        await until(() => seen.length === number + 1);
        await release("sse");
      }
      equal(seen.slice(0, 3), ["event 0", "event 1", "event 2"]);
      source.close();
      await heard("sse closed");
    },

    "a cancelled reader ends the app's generator": async ({ fetch, equal, until }) => {
      const { heard } = tools(fetch, until);
      const response = await fetch("/sse/cancelled");
      const { next, reader } = textReader(response.body);
      equal((await next()).includes("event 0"), true);
      await reader.cancel();
      await heard("cancelled closed");
    },

    "an aborted signal ends the app's generator, and the reader": async ({ fetch, frame, equal, until }) => {
      const { heard } = tools(fetch, until);
      const aborting = new (frame().AbortController)();
      const response = await fetch("/sse/aborted", { signal: aborting.signal });
      const { next } = textReader(response.body);
      await next();
      const read = next().then(
        () => "read",
        ({ name }) => name,
      );
      aborting.abort();
      equal(await read, "AbortError");
      await heard("aborted closed");
    },

    "a page that goes away ends its streams": async ({ block, fetch, load, until }) => {
      const response = await fetch("/sse/left");
      await textReader(response.body).next();
      await load("/");
      const { heard } = tools(block.fetch.bind(block), until);
      await heard("left closed");
    },

    "a stream that fails in the app fails in the page": async ({ fetch, equal, until }) => {
      const { release } = tools(fetch, until);
      const response = await fetch("/failing");
      const { next } = textReader(response.body);
      equal(await next(), "begun");
      await release("failing");
      equal(
        await next().then(
          () => "read",
          () => "failed",
        ),
        "failed",
      );
    },

    "a body shorter than its content-length fails": async ({ fetch, equal }) => {
      const response = await fetch("/wrong-length");
      equal(
        await response.text().then(
          () => "read",
          () => "failed",
        ),
        "failed",
      );
    },

    "a body that is a stream is sent as it comes": async ({ fetch, frame, equal, until }) => {
      const { told, heard } = tools(fetch, until);
      await told();
      const { readable, writable } = new (frame().TransformStream)();
      const answer = fetch("/upload", { method: "POST", body: readable, duplex: "half" });
      answer.catch(() => {});
      const writer = writable.getWriter();
      for (const part of ["one", "two"]) {
        writer.write(new TextEncoder().encode(part));
        await heard(part);
      }
      await writer.close();
      equal(await (await answer).json(), [null, "chunked"]);
    },

    "a stream in a Request object is sent after a pause": async ({ fetch, frame, equal, until }) => {
      const { told, heard } = tools(fetch, until);
      await told();
      const { readable, writable } = new (frame().TransformStream)();
      const request = new (frame().Request)("/upload", { method: "POST", body: readable, duplex: "half" });
      const answer = fetch(request);
      answer.catch(() => {});
      const writer = writable.getWriter();
      writer.write(new TextEncoder().encode("begin"));
      await heard("begin");
      await writer.close();
      equal(await (await answer).json(), [null, "chunked"]);
    },

    "an upload that is given up ends in the app": async ({ block, equal, until }) => {
      const fetch = block.fetch.bind(block);
      const { told, heard } = tools(fetch, until);
      await told();
      const { readable, writable } = new TransformStream();
      const aborting = new AbortController();
      const answer = fetch("/upload", { method: "POST", body: readable, signal: aborting.signal });
      const failed = answer.catch(({ name }) => name);
      writable.getWriter().write(new TextEncoder().encode("part"));
      await heard("part");
      aborting.abort();
      equal(await failed, "AbortError");
    },

    "request and response stream at the same time": async ({ block, equal }) => {
      const { readable, writable } = new TransformStream();
      const writer = writable.getWriter();
      const answer = block.fetch("/duplex", { method: "POST", body: readable });
      writer.write(new TextEncoder().encode("one"));
      const { next } = textReader((await answer).body);
      equal(await next(), "ONE");
      writer.write(new TextEncoder().encode("two"));
      equal(await next(), "TWO");
      await writer.close();
      equal(await next(), null);
    },

    "an app waits for a reader that takes nothing": async ({ block, ok, until }) => {
      const fetch = block.fetch.bind(block);
      const { told } = tools(fetch, until);
      const response = await fetch("/endless");
      const reader = response.body.getReader();
      await reader.read();
      await until(async () => (await told()).length === 0); // it stands still
      await reader.read();
      const amount = async () => Number(/\d+/.exec((await told()).at(-1) ?? "0"));
      ok((await amount()) < 5);
      await reader.cancel();
      await until(async () => (await told()).includes("disconnected"));
    },

    "a big body takes no time that grows with its square": async ({ fetch, frame, equal, ok }) => {
      const time = async (megabytes) => {
        const begin = performance.now();
        const body = new (frame().Blob)([new Uint8Array(megabytes << 20)]);
        equal((await (await fetch("/digest", { method: "POST", body })).text()).length, 64);
        return performance.now() - begin;
      };
      await time(4);
      const [small, big] = [await time(8), await time(32)];
      ok(big < 12 * small, `${small} ms, ${big} ms`);
    },
  },
  known: {
    firefox: {
      "a body that is a stream is sent as it comes":
        "Firefox has no streams as bodies; element.fetch() takes them",
      "a stream in a Request object is sent after a pause":
        "Firefox has no streams as bodies; element.fetch() takes them",
    },
    webkit: {
      "a body that is a stream is sent as it comes":
        "WebKit has no streams as bodies; element.fetch() takes them",
      "a stream in a Request object is sent after a pause":
        "WebKit has no streams as bodies; element.fetch() takes them",
    },
  },
};
