/** Waits for an event of a socket. */
const once = (target, type) =>
  new Promise((resolve, reject) => {
    target.addEventListener(type, resolve, { once: true });
    if (type === "close") return;
    target.addEventListener("close", ({ code }) => reject(new Error(`closed with ${code}`)), { once: true });
  });

/** A socket of the app's page, once it is open. */
async function opened(frame, url, protocols = []) {
  const socket = new (frame().WebSocket)(url, protocols);
  await once(socket, "open");
  return socket;
}

/** The names of a socket's events up to its close, and what the close says. */
async function endOf(socket) {
  const events = [];
  for (const type of ["open", "error", "close"]) socket.addEventListener(type, () => events.push(type));
  const { code, reason, wasClean } = await once(socket, "close");
  return { events, code, reason, wasClean, state: socket.readyState };
}

/** What happened to the app's end of a socket: code and reason. */
async function endInApp({ fetch, until }, name) {
  return until(async () => (await (await fetch("/ends")).json())[name]);
}

async function scopeOf(frame, url, protocols) {
  const socket = new (frame().WebSocket)(url, protocols);
  const closed = once(socket, "close");
  const scope = JSON.parse((await once(socket, "message")).data);
  await closed;
  return { ...scope, headers: Object.fromEntries(scope.headers) };
}

/** The name of what a call throws. */
function thrown(call) {
  try {
    call();
  } catch (error) {
    return error.name;
  }
  return "nothing";
}

/** What a worker of the app's page tells of a library, a request and a WebSocket; `page` is the page's window. */
async function toldBy(worker, page) {
  const port = worker.port ?? worker;
  const message = new Promise((resolve, reject) => {
    port.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message ?? "the worker did not load"));
    setTimeout(reject, 8_000, new Error("the worker tells nothing"));
  });
  port.start?.();
  port.postMessage(`${page.origin.replace("http", "ws")}/echo`);
  const { library, fetched, echoed, strict } = await message;
  worker.terminate?.();
  return [library, fetched, echoed, strict ? "strict" : "sloppy"].join(", ");
}

/** A worker whose script the page makes itself. */
function blobWorker({ Worker, Blob, URL, origin }, type, library) {
  const script = `${library}
    onmessage = async ({ data }) => {
      const fetched = await (await fetch("${origin}/told")).text();
      const socket = new WebSocket(data);
      socket.onopen = () => socket.send("from a worker");
      socket.onmessage = ({ data: echoed }) =>
        postMessage({ library: library(), fetched, echoed, strict: false });
    };`;
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(url, { type });
  URL.revokeObjectURL(url);
  return worker;
}

const TOLD = "library, told, from a worker";

export default {
  title: "WebSockets",
  checks: {
    "text goes both ways": async ({ frame, equal }) => {
      const socket = await opened(frame, "/echo");
      for (const text of ["hello, é😀\0", "", "x".repeat(300_000)]) {
        socket.send(text);
        const { data } = await once(socket, "message");
        equal(data === text, true);
      }
      socket.send("lone \ud800");
      equal((await once(socket, "message")).data, "lone \ufffd");
    },

    "bytes go both ways, as Blob or ArrayBuffer": async ({ frame, equal, ok }) => {
      const socket = await opened(frame, "/echo");
      const { Blob, ArrayBuffer, Uint8Array, DataView } = frame();
      equal(socket.binaryType, "blob");
      const bytes = new Uint8Array([0, 1, 128, 255]);
      const views = [bytes, bytes.buffer, new DataView(bytes.buffer), new Blob([bytes])];
      for (const data of views) {
        socket.send(data);
        const message = await once(socket, "message");
        ok(message.data instanceof Blob, "a Blob");
        equal(new Uint8Array(await message.data.arrayBuffer()), bytes);
      }
      socket.binaryType = "arraybuffer";
      socket.send(bytes.subarray(1, 3));
      const { data } = await once(socket, "message");
      ok(data instanceof ArrayBuffer, "an ArrayBuffer");
      equal(new Uint8Array(data), new Uint8Array([1, 128]));
      socket.binaryType = "nonsense";
      equal(socket.binaryType, "arraybuffer");
    },

    "messages keep their order, Blobs too": async ({ frame, equal, until }) => {
      const socket = await opened(frame, "/echo");
      const got = [];
      socket.onmessage = async ({ data }) => got.push(typeof data === "string" ? data : data.size);
      const sent = [];
      for (let size = 1; size <= 20; size++) {
        socket.send(new (frame().Blob)(["b".repeat(size * 1000)]));
        socket.send(String(size));
        sent.push(size * 1000, String(size));
      }
      await until(() => got.length === sent.length);
      equal(got, sent);
      socket.send(new (frame().Blob)(["last"]));
      socket.close(4000);
      equal((await once(socket, "close")).code, 4000);
    },

    "an ArrayBuffer may be changed once it is sent": async ({ frame, equal }) => {
      const socket = await opened(frame, "/echo");
      socket.binaryType = "arraybuffer";
      const bytes = new (frame().Uint8Array)([1, 2]);
      socket.send(new (frame().Blob)(["first"]));
      socket.send(bytes);
      bytes.fill(9);
      await once(socket, "message");
      equal(new Uint8Array((await once(socket, "message")).data), new Uint8Array([1, 2]));
    },

    "messages of the app keep their order under flow control": async ({ frame, equal }) => {
      const socket = new (frame().WebSocket)("/flood");
      const sizes = [];
      socket.onmessage = ({ data }) => sizes.push(data.size);
      const { code } = await once(socket, "close");
      equal([code, sizes.length, new Set(sizes).size], [1000, 40, 1]);
    },

    "what a URL means": async ({ frame, block, load, equal }) => {
      await load("/page/");
      const base = block.baseURL.replace(/^http/, "ws");
      const origin = location.origin.replace(/^http/, "ws");
      const urls = [
        ["/scope?a=1&b=é", "/scope"],
        ["../scope?a=1&b=é", "/scope"],
        ["scope?a=1&b=é", "/page/scope"],
        [`${base}scope?a=1&b=é`, "/scope"],
        [`${origin}/scope?a=1&b=é`, "/scope"],
        [`${location.origin}/scope?a=1&b=é`, "/scope"],
        [`//${location.host}/scope?a=1&b=é`, "/scope"],
        ["ws://localhost:8000/scope?a=1&b=é", "/scope"],
        ["wss://127.0.0.1/scope?a=1&b=é", "/scope"],
      ];
      for (const [url, path] of urls) {
        const scope = await scopeOf(frame, url);
        equal([url, scope.path, scope.query_string], [url, path, "a=1&b=%C3%A9"]);
      }
    },

    "the attribute url is what the page asked for": async ({ frame, equal }) => {
      const { WebSocket } = frame();
      const url = (text) => {
        const socket = new WebSocket(text);
        socket.close();
        return socket.url;
      };
      const origin = location.origin.replace(/^http/, "ws");
      equal(url("/echo?q=1"), `${origin}/echo?q=1`);
      equal(url("ws://localhost:8000"), "ws://localhost:8000/");
    },

    "other hosts are left to the browser": async ({ frame, equal, ok }) => {
      const { WebSocket, BroadcastChannel } = frame();
      let channels = 0;
      frame().BroadcastChannel = class extends BroadcastChannel {
        constructor(name) {
          super(name);
          channels++;
        }
      };
      const socket = new WebSocket("wss://docs.example:9/echo");
      ok(socket instanceof WebSocket);
      equal([socket.url, socket.readyState], ["wss://docs.example:9/echo", 0]);
      class Own extends WebSocket {}
      const own = new Own("wss://docs.example:9/");
      ok(own instanceof Own);
      equal(own.readyState, 0);
      own.close();
      equal([own.readyState, channels], [2, 0]);
      await opened(frame, "/echo");
      ok(channels > 0, "the check notices sockets to the app");
    },

    "the handshake has the headers of a browser's": async ({ frame, equal, ok }) => {
      const { headers, scheme, subprotocols } = await scopeOf(frame, "/scope", ["a.b", "chat"]);
      equal(scheme, location.protocol.replace("http", "ws").slice(0, -1));
      equal(subprotocols, ["a.b", "chat"]);
      equal(headers.host, location.host);
      equal(headers.origin, location.origin);
      equal(headers["user-agent"], navigator.userAgent);
      equal([headers.upgrade, headers.connection], ["websocket", "Upgrade"]);
      equal(headers["sec-websocket-version"], "13");
      equal(headers["sec-websocket-protocol"], "a.b, chat");
      equal(atob(headers["sec-websocket-key"]).length, 16);
      ok(headers["accept-language"]);
    },

    "cookies go with the handshake, and come with its answer": async ({ frame, fetch, equal, ok }) => {
      await fetch("/cookies");
      const { headers } = await scopeOf(frame, "/scope");
      ok(headers.cookie.includes("from_page=2"), headers.cookie);
      const cookies = await (await fetch("/cookies")).json();
      equal(cookies.from_socket, "1");
    },

    "the app chooses a subprotocol": async ({ frame, equal }) => {
      equal((await opened(frame, "/echo", ["other", "echo"])).protocol, "echo");
      equal((await opened(frame, "/echo", "echo")).protocol, "echo");
      equal((await opened(frame, "/echo")).protocol, "");
    },

    "a subprotocol that nobody chooses fails": async ({ frame, equal, ...tools }) => {
      const end = await endOf(new (frame().WebSocket)("/echo?name=unchosen", "other"));
      equal(end, { events: ["error", "close"], code: 1006, reason: "", wasClean: false, state: 3 });
      equal(await endInApp(tools, "unchosen"), [1006, ""]);
      equal((await endOf(new (frame().WebSocket)("/unasked"))).code, 1006);
    },

    "the app closes with a code and a reason": async ({ frame, equal }) => {
      const close = (query) => endOf(new (frame().WebSocket)(`/close?${query}`));
      const end = { events: ["open", "close"], wasClean: true, state: 3 };
      equal(await close("code=4001&reason=that+is+é"), end && {
        events: ["open", "close"], code: 4001, reason: "that is é", wasClean: true, state: 3,
      });
      equal((await close("code=1000")).code, 1000);
      equal((await close("code=1008")).code, 1008);
    },

    "the page closes with a code and a reason": async ({ frame, equal, ...tools }) => {
      const ends = {
        both: [[4002, "bye é"], { code: 4002, reason: "bye é" }],
        code: [[1000], { code: 1000, reason: "" }],
        none: [[], { code: 1005, reason: "" }],
        reason: [[undefined, "only"], { code: 1000, reason: "only" }],
      };
      for (const [name, [given, expected]] of Object.entries(ends)) {
        const socket = await opened(frame, `/echo?name=${name}`);
        socket.close(...given);
        equal(socket.readyState, 2);
        socket.close(4999, "once more");
        const { code, reason, wasClean, state } = await endOf(socket);
        equal({ name, code, reason, wasClean, state }, { name, ...expected, wasClean: true, state: 3 });
        equal(await endInApp(tools, name), [expected.code, expected.reason]);
      }
    },

    "nothing arrives after the page has closed": async ({ frame, equal }) => {
      const socket = await opened(frame, "/echo");
      let messages = 0;
      socket.onmessage = () => messages++;
      socket.send("1");
      socket.close();
      await once(socket, "close");
      equal(messages, 0);
    },

    "closing before the connection fails it": async ({ frame, equal }) => {
      const socket = new (frame().WebSocket)("/echo");
      socket.close();
      equal(socket.readyState, 2);
      const end = await endOf(socket);
      equal(end, { events: ["error", "close"], code: 1006, reason: "", wasClean: false, state: 3 });
    },

    "a refusal is an error": async ({ frame, block, equal }) => {
      const statuses = [];
      const listen = ({ detail }) => statuses.push(detail.status);
      block.addEventListener("asgi-live:response", listen);
      for (const path of ["/refuse", "/deny", "/nothing"]) {
        const end = await endOf(new (frame().WebSocket)(path));
        equal(end, { events: ["error", "close"], code: 1006, reason: "", wasClean: false, state: 3 });
      }
      block.removeEventListener("asgi-live:response", listen);
      equal(statuses, [403, 418, 403]);
    },

    "an exception of the app closes with 1011": async ({ frame, equal }) => {
      const end = await endOf(new (frame().WebSocket)("/fail"));
      equal([end.events, end.code, end.wasClean], [["open", "close"], 1011, true]);
    },

    "bufferedAmount is what the app has not taken": async ({ frame, fetch, equal, until }) => {
      const socket = await opened(frame, "/slow?messages=5");
      equal(socket.bufferedAmount, 0);
      const chunk = new (frame().Uint8Array)(200_000);
      for (let index = 0; index < 5; index++) socket.send(chunk);
      equal(socket.bufferedAmount, 1_000_000);
      await until(() => socket.bufferedAmount < 1_000_000);
      const total = once(socket, "message");
      await fetch("/receive");
      equal((await total).data, "1000000");
      await until(() => socket.bufferedAmount === 0);
      socket.close();
      socket.send("12345");
      equal(socket.bufferedAmount, 5);
      await once(socket, "close");
      socket.send("é");
      equal(socket.bufferedAmount, 7);
    },

    "arguments are checked as the specification says": async ({ frame, equal }) => {
      const { WebSocket } = frame();
      const open = (...values) => thrown(() => new WebSocket(...values).close());
      equal(open(), "TypeError");
      equal(open("/echo#part"), "SyntaxError");
      equal(open("/echo#"), "SyntaxError");
      equal(open("http://["), "SyntaxError");
      equal(open("ftp://localhost/"), "SyntaxError");
      equal(open("/echo", "no token"), "SyntaxError");
      equal(open("/echo", ""), "SyntaxError");
      equal(open("/echo", ["a", "a"]), "SyntaxError");
      equal(open("/echo", ["a", "A"]), "nothing");
      equal(thrown(() => WebSocket("/echo")), "TypeError");
      const socket = new WebSocket("/echo");
      equal(thrown(() => socket.send("early")), "InvalidStateError");
      await once(socket, "open");
      for (const code of [0, 999, 1001, 1005, 2999, 5000, "x"]) {
        equal(thrown(() => socket.close(code)), "InvalidAccessError");
      }
      equal(thrown(() => socket.close(1000, "é".repeat(62))), "SyntaxError");
      equal(socket.readyState, 1);
    },

    "it looks like the browser's own class": async ({ frame, equal, ok }) => {
      const { WebSocket, EventTarget, Object } = frame();
      equal([WebSocket.name, WebSocket.length], ["WebSocket", 1]);
      equal([WebSocket.CONNECTING, WebSocket.OPEN, WebSocket.CLOSING, WebSocket.CLOSED], [0, 1, 2, 3]);
      ok(`${WebSocket}`.includes("[native code]"));
      class Own extends WebSocket {
        get twice() {
          return this.readyState * 2;
        }
      }
      const socket = new Own("/echo");
      await once(socket, "open");
      ok(socket instanceof Own && socket instanceof WebSocket && socket instanceof EventTarget);
      equal([socket.twice, socket.OPEN, `${socket}`, socket.extensions], [2, 1, "[object WebSocket]", ""]);
      ok(WebSocket.prototype.constructor === WebSocket);
      ok(!Object.keys(frame()).some((name) => name.startsWith("asgiDocs")));
    },

    "handlers and listeners are called in their order": async ({ frame, equal }) => {
      const socket = new (frame().WebSocket)("/echo");
      const calls = [];
      equal([socket.onopen, socket.onmessage, socket.onerror, socket.onclose], [null, null, null, null]);
      socket.onopen = () => calls.push("replaced");
      socket.addEventListener("open", { handleEvent: () => calls.push("listener") });
      socket.onopen = function (event) {
        calls.push(this === socket && event.target === socket ? "handler" : "wrong");
      };
      await once(socket, "open");
      equal(calls, ["handler", "listener"]);
      let heard = 0;
      socket.onmessage = () => heard++;
      socket.onmessage = null;
      equal(socket.onmessage, null);
      socket.send("1");
      const event = await once(socket, "message");
      equal([heard, event.origin, event.data], [0, location.origin.replace(/^http/, "ws"), "1"]);
    },

    "thirty at once": async ({ frame, equal }) => {
      const sockets = await Promise.all(Array.from({ length: 30 }, () => opened(frame, "/echo")));
      const answers = sockets.map((socket) => once(socket, "message"));
      sockets.forEach((socket, index) => socket.send(`I am ${index}`));
      const texts = (await Promise.all(answers)).map(({ data }) => data);
      equal(texts, sockets.map((_, index) => `I am ${index}`));
    },

    "leaving the page tells the app 1001": async ({ frame, load, equal, ...tools }) => {
      await opened(frame, "/echo?name=leaving");
      await load("/page/");
      equal(await endInApp(tools, "leaving"), [1001, ""]);
    },

    "classic workers of the page reach the app": async ({ frame, load, fetch, equal }) => {
      await load("/page/");
      const { Worker } = frame();
      equal(await toldBy(new Worker("/scripts/classic.js?a=1"), frame()), `${TOLD}, sloppy`);
      equal(await toldBy(new Worker("../scripts/strict.js"), frame()), `${TOLD}, strict`);
      equal((await (await fetch("/queries")).json()).includes("a=1"), true);
    },

    "module workers of the page reach the app": async ({ frame, fetch, equal }) => {
      const { Worker, URL } = frame();
      const type = "module";
      equal(await toldBy(new Worker("/scripts/module.js", { type }), frame()), `${TOLD}, strict`);
      const url = new URL("scripts/module.js?b=2", frame().location);
      equal(await toldBy(new Worker(url, { type }), frame()), `${TOLD}, strict`);
      const queries = await (await fetch("/queries")).json();
      equal([queries.includes("b=2"), queries.some((query) => query.includes("asgi"))], [true, false]);
    },

    "shared workers of the page reach the app": async ({ frame, equal }) => {
      const { SharedWorker } = frame();
      equal(await toldBy(new SharedWorker("/scripts/shared.js", "name"), frame()), `${TOLD}, sloppy`);
      const module = new SharedWorker("/scripts/shared-module.js", { type: "module" });
      equal(await toldBy(module, frame()), `${TOLD}, strict`);
    },

    "workers of workers reach the app": async ({ frame, equal }) => {
      const { Worker } = frame();
      equal(await toldBy(new Worker("/scripts/parent.js", { type: "module" }), frame()), `${TOLD}, strict`);
    },

    "workers from blob: URLs reach the app": async ({ frame, equal }) => {
      const { location } = frame();
      const library = `importScripts("${location.origin}/scripts/library.js");`;
      equal(await toldBy(blobWorker(frame(), "classic", library), frame()), `${TOLD}, sloppy`);
      const inline = "const library = () => 'library';";
      equal(await toldBy(blobWorker(frame(), "module", inline), frame()), `${TOLD}, sloppy`);
    },

    "a module worker from a blob: URL imports from the app": async ({ frame, equal }) => {
      const library = `import { library } from "${frame().location}scripts/library-module.js";`;
      equal(await toldBy(blobWorker(frame(), "module", library), frame()), `${TOLD}, sloppy`);
    },

    "a worker whose script is missing is an error": async ({ frame, equal }) => {
      const worker = new (frame().Worker)("/missing.js");
      const { type } = await new Promise((resolve) => {
        worker.onerror = resolve;
      });
      equal(type, "error");
    },
  },
  known: {
    firefox: {
      "a module worker from a blob: URL imports from the app":
        "its imports go past the service worker: they are asked of the documentation's server",
    },
  },
};
