// The documentation is on localhost; to a browser the same server is another site by this name.
const other = `http://127.0.0.1:${location.port}/other-site/`;
const clients = ["httpx", "httpx sync", "requests", "urllib"];
let gates = 0;
const newGate = () => `${performance.timeOrigin}-${++gates}`;

/** @param {(path: string, init: object) => Promise<Response>} fetch */
const ask = async (fetch, action, options) =>
  (await fetch(action, { method: "POST", body: JSON.stringify(options) })).json();

/** The same with every client, as async code calls it and as a thread does. */
const withAll = async (fetch, url, options, check) => {
  for (const client of clients)
    for (const in_thread of client === "httpx" ? [false] : [false, true]) {
      const answer = await ask(fetch, "/call", { client, in_thread, url, ...options });
      check(answer, `${client}${in_thread ? " on a thread" : ""}: ${JSON.stringify(answer)}`);
    }
};

export default {
  title: "Requests to other sites",
  checks: {
    "every client gets status, headers and body": async ({ fetch, ok }) => {
      await withAll(fetch, `${other}echo?status=404`, { headers: { "X-Mine": "1" } }, (answer, said) => {
        const echo = answer.text && JSON.parse(answer.text);
        ok(answer.status === 404 && answer.headers["x-echo"] === "yes", said);
        ok(echo.method === "GET" && echo.headers["x-mine"] === "1", said);
      });
    },

    "every client sends a body": async ({ fetch, ok }) => {
      await withAll(fetch, `${other}echo`, { method: "POST", json: { a: "é" } }, (answer, said) => {
        const echo = answer.text && JSON.parse(answer.text);
        ok(echo?.method === "POST" && JSON.parse(echo.body).a === "é", said);
        ok(echo.headers["content-type"] === "application/json", said);
      });
    },

    "no cookie is sent, and headers of the client that a browser keeps to itself are not": async ({
      fetch,
      ok,
    }) => {
      const headers = { Cookie: "a=1", Referer: "http://x/" };
      await withAll(fetch, `${other}echo`, { headers }, (answer, said) => {
        const sent = JSON.parse(answer.text).headers;
        ok(!sent.cookie && sent.referer !== headers.Referer && !sent["user-agent"].startsWith("python"), said);
      });
    },

    "a compressed body is unpacked once": async ({ fetch, ok }) => {
      await withAll(fetch, `${other}gzip`, {}, (answer, said) =>
        ok(answer.text === "packed".repeat(99), said),
      );
    },

    "a client sees a redirect, and follows it when it is asked to": async ({ fetch, equal, ok }) => {
      for (const client of ["httpx", "httpx sync", "requests"]) {
        const call = { client, in_thread: false, url: `${other}redirect?status=303` };
        const seen = await ask(fetch, "/call", call);
        ok(seen.status === 302, `${client}: ${JSON.stringify(seen)}`);
        equal(seen.headers.location, `${other}echo?redirected`);
        const followed = await ask(fetch, "/call", { ...call, follow: true });
        equal([followed.status, JSON.parse(followed.text).path], [200, "echo?redirected"]);
      }
      const followed = await ask(fetch, "/call", {
        client: "urllib",
        in_thread: false,
        url: `${other}redirect?status=301`,
      });
      equal([followed.status, JSON.parse(followed.text).path], [200, "echo?redirected"]);
    },

    "a POST that is redirected with 307 arrives as it was": async ({ fetch, equal }) => {
      const url = `${other}redirect?status=307`;
      const call = { client: "httpx", in_thread: false, url, follow: true, method: "POST", json: 7 };
      const { text } = await ask(fetch, "/call", call);
      equal([JSON.parse(text).method, JSON.parse(text).body], ["POST", "7"]);
    },

    "an answer streams to httpx": async ({ fetch, equal }) => {
      const gate = newGate();
      const urls = { url: `${other}parts?gate=${gate}`, opener: `${other}open?gate=${gate}` };
      equal(await ask(fetch, "/parts", urls), ["first", "second"]);
    },

    "the rest of an answer may be left alone": async ({ fetch, equal }) => {
      const gate = newGate();
      equal(await ask(fetch, "/first-part", { url: `${other}parts?gate=${gate}` }), "first");
      await ask(fetch, "/call", { client: "httpx", in_thread: false, url: `${other}open?gate=${gate}` });
    },

    "http.client sends a body in chunks": async ({ fetch, equal }) => {
      const { host } = new URL(other);
      equal(await ask(fetch, "/http-client", { host, path: "/other-site/echo" }), "ab");
    },

    "a site that allows nobody is told by name, with what to do": async ({ fetch, ok }) => {
      await withAll(fetch, `${other}private`, {}, ({ error, message }, said) => {
        ok(/ConnectError|ConnectionError|URLError/.test(error), said);
        ok(message.includes(`${other}private`) && message.includes("Access-Control-Allow-Origin"), said);
      });
    },

    "a slow site ends in the client's own timeout": async ({ fetch, ok }) => {
      const gate = newGate();
      await withAll(fetch, `${other}silent?gate=${gate}`, { timeout: 0.3 }, ({ error, message }, said) =>
        ok(/Timeout/.test(error) && message.includes("did not answer within 0.3"), said),
      );
      await ask(fetch, "/call", { client: "httpx", in_thread: false, url: `${other}open?gate=${gate}` });
    },

    "the app asks itself where it would be on its author's machine": async ({ fetch, equal, ok }) => {
      await withAll(fetch, "http://localhost:8000/items?q=1", {}, (answer, said) => {
        ok(answer.status === 200, said);
        equal(JSON.parse(answer.text), { own: "/items", query: { q: ["1"] }, method: "GET" });
      });
    },

    "the app asks itself by its address in the page": async ({ block, fetch, equal }) => {
      const call = { client: "httpx", in_thread: false, url: new URL("items/1", block.baseURL).href };
      equal(JSON.parse((await ask(fetch, "/call", call)).text).own, "/items/1");
    },
  },
};
