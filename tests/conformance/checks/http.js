const json = async (response) => (await response).json();

const sha256 = async (data) => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

/** Bytes that do not repeat in step with any buffer. */
const pattern = (size) => {
  const bytes = new Uint8Array(size);
  for (let index = 0; index < size; index += 1) bytes[index] = (index * 31 + (index >> 11)) & 0xff;
  return bytes;
};

const MEGABYTE = 1 << 20;

export default {
  title: "HTTP",
  checks: {
    "GET is answered": async ({ fetch, equal }) => {
      const response = await fetch("/echo?a=1&a=2");
      equal([response.status, response.statusText], [200, "OK"]);
      equal(response.headers.get("content-type"), "application/json");
      const { method, query_string } = await response.json();
      equal([method, query_string], ["GET", "a=1&a=2"]);
    },

    "a POST request's body arrives": async ({ fetch, equal }) => {
      const response = await fetch("/echo", { method: "POST", body: new Uint8Array([0, 128, 255]) });
      const { method, body } = await response.json();
      equal([method, body], ["POST", "\u0000\u0080\u00ff"]);
    },

    "every method arrives with its body and the body's length": async ({ fetch, equal }) => {
      for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "PURGE"]) {
        const asked = await json(fetch("/echo", { method, body: "été" }));
        equal([asked.method, asked.body], [method, "Ã©tÃ©"]);
        equal(new Map(asked.headers).get("content-length"), "5");
      }
    },

    "a POST without a body has length 0": async ({ fetch, equal }) => {
      const { headers, body } = await json(fetch("/echo", { method: "POST" }));
      equal([new Map(headers).get("content-length"), body], ["0", ""]);
    },

    "a percent-encoded path is decoded, and kept raw": async ({ fetch, equal }) => {
      const { path, raw_path } = await (await fetch("/echo/a%20b/%C3%A9%2Fc")).json();
      equal([path, raw_path], ["/echo/a b/é/c", "/echo/a%20b/%C3%A9%2Fc"]);
    },

    "odd paths and queries arrive as they are": async ({ fetch, equal }) => {
      for (const [url, path, rawPath, query] of [
        ["/echo", "/echo", "/echo", ""],
        ["/echo?", "/echo", "/echo", ""],
        ["/echo//a//", "/echo//a//", "/echo//a//", ""],
        ["/echo/%00", "/echo/\u0000", "/echo/%00", ""],
        ["/echo;a=1;b", "/echo;a=1;b", "/echo;a=1;b", ""],
        ["/echo/ünï/漢", "/echo/ünï/漢", "/echo/%C3%BCn%C3%AF/%E6%BC%A2", ""],
        ["/echo/%ff", "/echo/\ufffd", "/echo/%ff", ""],
        ["/echo/100%", "/echo/100%", "/echo/100%", ""],
        ["/echo/%25%32%46", "/echo/%2F", "/echo/%25%32%46", ""],
        ["/echo?q=%C3%A9+ü&&=&a[]=1", "/echo", "/echo", "q=%C3%A9+%C3%BC&&=&a[]=1"],
        ["/echo??a=/?&b=%00", "/echo", "/echo", "?a=/?&b=%00"],
      ]) {
        const asked = await json(fetch(url));
        equal([asked.path, asked.raw_path, asked.query_string], [path, rawPath, query]);
      }
    },

    "headers of the request arrive, those of the same name joined": async ({ fetch, equal }) => {
      const headers = [
        ["X-Twice", "1"],
        ["x-twice", "2"],
        ["x-empty", ""],
      ];
      const asked = await json(fetch("/echo", { headers }));
      const seen = new Map(asked.headers);
      equal([seen.get("x-twice"), seen.get("x-empty")], ["1, 2", ""]);
      equal(new Set(asked.headers.map(([name]) => name)).size, asked.headers.length);
    },

    "an app sees the headers of a browser, and none of ours": async ({ fetch, frame, equal, ok }) => {
      const { headers } = await json(fetch("/echo"));
      const seen = new Map(headers);
      equal(seen.get("host"), location.host);
      equal(seen.get("user-agent"), navigator.userAgent);
      ok(seen.get("accept-encoding").startsWith("gzip, deflate"), seen.get("accept-encoding"));
      equal(seen.get("referer"), frame().location.href);
      equal(
        headers.filter(([name]) => name.startsWith("x-asgi-docs")),
        [],
      );
    },

    "no extension is promised": async ({ fetch, equal }) => {
      equal((await json(fetch("/echo"))).extensions, []);
    },

    "HEAD gives headers and no body": async ({ fetch, equal }) => {
      const response = await fetch("/echo", { method: "HEAD" });
      equal(response.headers.get("x-method"), "HEAD");
      equal(await response.text(), "");
      const whole = await fetch("/conditional");
      const head = await fetch("/conditional", { method: "HEAD" });
      equal(head.headers.get("content-length"), whole.headers.get("content-length"));
    },

    "204 has no body": async ({ fetch, equal }) => {
      const response = await fetch("/status/204");
      equal([response.status, await response.text()], [204, ""]);
    },

    "205 and 304 have no body": async ({ fetch, equal }) => {
      for (const status of [205, 304]) {
        const response = await fetch(`/status/${status}`);
        equal([response.status, await response.text()], [status, ""]);
      }
    },

    "statuses without a name come through": async ({ fetch, equal }) => {
      for (const [status, text] of [
        [299, ""],
        [418, "I'm a Teapot"],
        [422, "Unprocessable"],
        [599, ""],
      ]) {
        const response = await fetch(`/status/${status}`);
        equal([response.status, response.statusText.split(" C")[0].split(" E")[0]], [status, text]);
        equal(await response.text(), "a body");
      }
    },

    "a status that browsers refuse becomes a 502 that says so": async ({ fetch, equal, ok }) => {
      for (const status of [100, 199, 600]) {
        const response = await fetch(`/headers?pairs=[]&status=${status}`);
        equal(response.status, 502);
        ok((await response.text()).includes(`refuses the status ${status}`));
      }
    },

    "a page of another status is shown": async ({ load, frame, equal }) => {
      await load("/status/404");
      equal(frame().document.body.textContent, "a body");
    },

    "headers of the response come through, those of the same name joined": async ({
      fetch,
      equal,
      block,
    }) => {
      const pairs = [
        ["x-b", "1"],
        ["x-a", ""],
        ["x-b", "2"],
        ["set-cookie", "a=1"],
      ];
      const path = `/headers?pairs=${encodeURIComponent(JSON.stringify(pairs))}`;
      const { headers } = await fetch(path);
      equal([headers.get("x-b"), headers.get("x-a"), headers.get("set-cookie")], ["1, 2", "", null]);
      equal((await block.fetch(path)).rawHeaders, pairs);
    },

    "a header's value may hold letters beyond ASCII": async ({ fetch, equal }) => {
      const asked = await json(fetch("/echo", { headers: { "x-latin": "é" } }));
      equal(new Map(asked.headers).get("x-latin"), "é");
      const pairs = encodeURIComponent(JSON.stringify([["x-latin", "é"]]));
      equal((await fetch(`/headers?pairs=${pairs}`)).headers.get("x-latin"), "é");
    },

    "a header that cannot be sent is the app's error": async ({ fetch, equal }) => {
      for (const pair of [
        ["x a", "1"],
        ["", "1"],
        ["x-a", "1\nx-b: 2"],
        ["x-a", "\u0000"],
      ]) {
        const response = await fetch(`/headers?pairs=${encodeURIComponent(JSON.stringify([pair]))}`);
        equal([response.status, await response.text()], [500, "Internal Server Error"]);
      }
    },

    "an upload of 50 MB arrives, every byte, in bounded parts": async ({ fetch, frame, equal, ok }) => {
      const data = pattern(50 * MEGABYTE + 7);
      const sum = await sha256(data);
      const seen = await json(fetch("/upload", { method: "POST", body: new (frame().Blob)([data]) }));
      equal([seen.size, seen.sha256], [data.length, sum]);
      equal([seen["content-length"], seen["transfer-encoding"]], [String(data.length), null]);
      ok(seen.chunks > 40 && seen.largest <= 2 * MEGABYTE, `${seen.chunks} chunks, ${seen.largest} bytes`);
    },

    "a multipart upload of 50 MB arrives, every byte": async ({ fetch, frame, equal, ok }) => {
      const data = pattern(50 * MEGABYTE);
      const form = new (frame().FormData)();
      form.append("a", "é");
      form.append("file", new (frame().File)([data], "naïve ☃.bin"));
      form.append("a", "2");
      const seen = await json(fetch("/form", { method: "POST", body: form }));
      equal([seen.name, seen.size, seen.sha256], ["naïve ☃.bin", data.length, await sha256(data)]);
      equal(seen.others, [
        ["a", "é"],
        ["a", "2"],
      ]);
      ok(Number(seen["content-length"]) > data.length, seen["content-length"]);
    },

    "an upload by XMLHttpRequest arrives": async ({ frame, equal }) => {
      const data = pattern(3 * MEGABYTE);
      const request = new (frame().XMLHttpRequest)();
      request.open("POST", "/upload");
      request.responseType = "json";
      const done = new Promise((resolve, reject) =>
        Object.assign(request, { onload: resolve, onerror: reject }),
      );
      request.send(data);
      await done;
      equal(request.response.sha256, await sha256(data));
    },

    "a download of 50 MB comes, every byte, whole and in parts": async ({ fetch, equal }) => {
      for (const more of ["", "&pieces=700"]) {
        const response = await fetch(`/download?size=${50 * MEGABYTE + 3}${more}`);
        const data = await response.arrayBuffer();
        equal(data.byteLength, 50 * MEGABYTE + 3);
        equal(await sha256(data), response.headers.get("x-sha256"));
      }
    },

    "a compressed answer is read decoded, its headers as sent": async ({ fetch, equal, ok, block }) => {
      let text;
      for (const coding of ["gzip", "x-gzip", "deflate", "deflate-raw", "deflate, gzip"]) {
        const path = `/compressed?as=${encodeURIComponent(coding)}`;
        const response = await fetch(path);
        equal(response.headers.get("content-encoding"), coding.replace("-raw", ""));
        const read = await response.text();
        ok(read.startsWith("Zażółć gęślą jaźń. Zażółć"), `${coding}: ${read.slice(0, 40)}`);
        text ??= read;
        equal(read, text);
        const asked = await block.fetch(path);
        equal(await asked.text(), text);
        equal(new Map(asked.rawHeaders).get("content-encoding"), coding.replace("-raw", ""));
      }
    },

    "an empty body may call itself compressed": async ({ fetch, equal }) => {
      equal(await (await fetch("/compressed?as=empty")).text(), "");
    },

    "an unknown content coding is left as it is": async ({ fetch, ok }) => {
      ok((await (await fetch("/compressed?as=unknown")).text()).startsWith("Zażółć"));
    },

    "a corrupt compressed body fails": async ({ fetch, ok }) => {
      const response = await fetch("/compressed?as=corrupt");
      const error = await response.text().then(
        () => null,
        (reason) => reason,
      );
      ok(error, "it was read");
    },

    "a compressed page is shown, and its requests stay in the app": async ({ load, frame, ok, equal }) => {
      await load("/compressed?as=page");
      ok(frame().document.querySelector("#a").textContent.startsWith("Zażółć"));
      equal((await json(frame().fetch("/echo"))).path, "/echo");
    },

    "a sound of a FileResponse is sought by Range": async ({ fetch, frame, equal, ok, until }) => {
      const part = await fetch("/tone.wav", { headers: { range: "bytes=44-47" } });
      equal([part.status, part.headers.get("content-range")], [206, "bytes 44-47/960044"]);
      equal((await part.arrayBuffer()).byteLength, 4);
      equal((await fetch("/tone.wav", { headers: { range: "bytes=999999999-" } })).status, 416);
      for (const kind of ["audio", "video"]) {
        const media = frame().document.createElement(kind);
        media.preload = "auto";
        media.src = "/tone.wav";
        await until(() => media.readyState >= 1);
        ok(Math.abs(media.duration - 60) < 0.1, `${kind} lasts ${media.duration} s`);
        media.currentTime = 50;
        await until(() => !media.seeking && media.readyState >= 2);
        equal(media.currentTime, 50);
      }
    },

    "a response to a condition is the app's own": async ({ fetch, equal }) => {
      const headers = { "if-none-match": '"v1"' };
      equal((await fetch("/conditional", { headers })).status, 304);
      await fetch("/told");
      // No cache lies between a page and its app: each of these is asked.
      for (const cache of ["default", "no-cache", "force-cache", "reload"]) {
        equal(await (await fetch("/conditional", { cache })).text(), "version 1");
      }
      equal(await json(fetch("/told")), ["asked", "asked", "asked", "asked"]);
    },

    "background tasks run after the response": async ({ fetch, equal, until }) => {
      await fetch("/told");
      equal(await (await fetch("/background")).text(), "answered");
      equal(await json(fetch("/told")), ["answered"]);
      await fetch("/release");
      await until(async () => (await json(fetch("/told"))).includes("background done"));
    },

    "a background task's exception reaches the log": async ({ fetch, block, ok, until }) => {
      let log = "";
      const listen = ({ detail }) => (log += detail.text);
      block.addEventListener("asgi-live:output", listen);
      await fetch("/background?fail");
      await until(() => log.includes("RuntimeError: the background task failed"));
      block.removeEventListener("asgi-live:output", listen);
      ok(log.startsWith("Exception in ASGI application"), log);
    },

    "an abort before the response tells the app": async ({ fetch, frame, equal, until }) => {
      await fetch("/told");
      const seen = [];
      const look = async () => seen.push(...(await json(fetch("/told"))));
      const waits = () => until(async () => (await look()) && seen.includes("waiting"));
      const ends = () => until(async () => (await look()) && seen.splice(0).includes("disconnected"));
      const aborting = new (frame().AbortController)();
      const answer = fetch("/wait", { signal: aborting.signal }).then(
        () => "answered",
        ({ name }) => name,
      );
      await waits();
      aborting.abort();
      equal(await answer, "AbortError");
      await ends();

      const request = new (frame().XMLHttpRequest)();
      request.open("POST", "/wait");
      request.send("body");
      await waits();
      request.abort();
      await ends();

      const late = new (frame().XMLHttpRequest)();
      late.open("GET", "/wait");
      late.timeout = 300;
      late.send();
      await ends();

      const source = new (frame().EventSource)("/wait");
      await waits();
      source.close();
      await ends();
    },

    "a page that goes away tells the app": async ({ block, fetch, load, equal, until }) => {
      await fetch("/told");
      fetch("/wait").catch(() => {});
      const told = async () => (await block.fetch("/told")).json();
      await until(async () => (await told()).includes("waiting"));
      await load("/");
      await until(async () => (await told()).includes("disconnected"));
      equal(await told(), []);
    },

    "a page on its way that is not waited for any more tells the app": async ({
      block,
      frame,
      load,
      until,
    }) => {
      const told = async () => (await block.fetch("/told")).json();
      await told();
      frame().location.href = `${block.baseURL}wait`;
      await until(async () => (await told()).includes("waiting"));
      await load("/status/404");
      await until(async () => (await told()).includes("disconnected"));
    },

    "a request with keepalive outlives its page": async ({ block, fetch, load, equal, until }) => {
      const told = async () => (await block.fetch("/told")).json();
      await told();
      fetch("/wait", { method: "POST", body: "bye", keepalive: true }).catch(() => {});
      await until(async () => (await told()).includes("waiting"));
      await load("/");
      await block.fetch("/echo");
      equal(await told(), []);
    },

    "sendBeacon arrives": async ({ block, fetch, frame, until }) => {
      await fetch("/told");
      frame().navigator.sendBeacon("/upload-events", "x".repeat(1000));
      await until(async () => (await (await block.fetch("/told")).json()).includes("chunk 1000"));
    },

    "a redirect with 307 or 308 keeps method and body": async ({ fetch, equal }) => {
      for (const status of [307, 308]) {
        const asked = await json(
          fetch(`/redirect?status=${status}&to=echo`, {
            method: "PUT",
            body: "kept",
            headers: { "content-type": "x/y" },
          }),
        );
        equal([asked.method, asked.path, asked.body], ["PUT", "/echo", "kept"]);
        equal(new Map(asked.headers).get("content-type"), "x/y");
      }
    },

    "a redirected form keeps its body": async ({ load, frame, ok, equal, until }) => {
      await load("/form-page");
      const { document } = frame();
      document.forms[0].action = "redirect?status=307&to=echo-text";
      document.forms[0].submit();
      const text = await until(() => {
        const { document: now } = frame();
        return now !== document && now?.readyState === "complete" && now.body?.textContent;
      });
      ok(text.startsWith("{"), text);
      const asked = JSON.parse(text);
      equal(asked.method, "POST");
      ok(asked.body.includes('name="a"\r\n\r\n1'), asked.body);
    },

    "the page's fetch is as the browser's": async ({ frame, fetch, equal, ok }) => {
      const { fetch: own, Request, Headers } = frame();
      equal([own.name, own.length], ["fetch", 1]);
      const thrown = await own("http://[").then(
        () => null,
        ({ name }) => name,
      );
      equal(thrown, "TypeError");
      const request = new Request("/echo", {
        method: "POST",
        body: "once",
        headers: new Headers({ "x-a": "1" }),
      });
      const asked = await json(own(request));
      equal([asked.body, new Map(asked.headers).get("x-a"), request.bodyUsed], ["once", "1", true]);
      const again = await own(request).then(
        () => null,
        ({ name }) => name,
      );
      equal(again, "TypeError");
      const aborted = await own("/echo", { signal: AbortSignal.abort() }).then(
        () => null,
        ({ name }) => name,
      );
      equal(aborted, "AbortError");
      const response = await own(new URL("/echo", frame().location.href), { mode: "no-cors" });
      ok(response.ok);
      equal(await (await own("data:text/plain,x")).text(), "x");
    },
  },
  known: {
    chromium: {
      "a header's value may hold letters beyond ASCII":
        "between a page and a service worker they are garbled; in ASCII all is well",
    },
    webkit: {
      "a page on its way that is not waited for any more tells the app":
        "the app is told after 120 seconds, when nobody waits for an answer any more",
    },
  },
};
