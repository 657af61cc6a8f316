/** What passes between server and app, as the page remembers and shows it. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Exchanges } from "../../assets/ui/wire/exchanges.js";
import { hexDump } from "../../assets/ui/wire/hex.js";
import { WireBuffer } from "../../assets/wire-buffer.js";
import { installDocument } from "./small-dom.js";

installDocument();
const { messageView } = await import("../../assets/ui/wire/message-view.js");

const event = (changes) => ({
  exchange: "1.1",
  title: "GET /",
  at: 1.25,
  kind: "send",
  type: "http.response.body",
  text: "{'type': 'http.response.body'}",
  code: null,
  size: null,
  body: "",
  binary: false,
  ...changes,
});
const scope = (exchange, type = "http", title = "GET /") => event({ kind: "scope", type, exchange, title });

describe("the exchanges", () => {
  it("are named by their run and key", () => {
    const exchanges = new Exchanges();
    exchanges.add(1, scope("1.1"));
    exchanges.add(2, scope("1.1", "http", "GET /again"));
    exchanges.add(2, scope("own.1"));
    exchanges.add(2, scope("client2.3.1"));
    exchanges.add(2, scope("lifespan", "lifespan", ""));
    assert.deepEqual(
      exchanges.all.map(({ id, title }) => [id, title]),
      [
        ["1:1.1", "GET /"],
        ["2:1.1", "GET /again"],
        ["2:own.1", "GET / (by the app itself)"],
        ["2:client2.3.1", "GET / (client 2)"],
        ["2:lifespan", "Lifespan"],
      ],
    );
  });

  it("are the last ones, and the lifespan's", () => {
    const exchanges = new Exchanges();
    exchanges.add(1, scope("lifespan", "lifespan", ""));
    exchanges.add(2, scope("lifespan", "lifespan", ""));
    for (let number = 0; number < 60; number++) exchanges.add(2, scope(`1.${number}`));
    const ids = exchanges.all.map(({ id }) => id);
    assert.equal(ids.length, 50);
    assert.equal(ids[0], "2:lifespan");
    assert.equal(ids[1], "2:1.11");
    assert.equal(exchanges.add(2, event({ exchange: "1.0" })), undefined, "what is forgotten stays so");
  });

  it("keep their scope and their last messages", () => {
    const exchanges = new Exchanges();
    exchanges.add(1, scope("1.1"));
    for (let at = 0; at < 300; at++) exchanges.add(1, event({ at }));
    const { events, dropped } = exchanges.get("1:1.1");
    assert.equal(events.length, 200);
    assert.equal(dropped, 101);
    assert.deepEqual([events[0].kind, events[1].at, events.at(-1).at], ["scope", 101, 299]);
  });

  const STATES = [
    ["waiting", [["receive", "http.request"]]],
    [
      "404",
      [
        ["send", "http.response.start", 404],
        ["send", "http.response.body"],
        ["returned", ""],
      ],
    ],
    [
      "exception",
      [
        ["send", "http.response.start", 200],
        ["raised", ""],
      ],
    ],
    [
      "open",
      [
        ["receive", "websocket.connect"],
        ["send", "websocket.accept"],
        ["send", "websocket.send"],
      ],
    ],
    [
      "closed, 1001",
      [
        ["send", "websocket.accept"],
        ["receive", "websocket.disconnect", 1001],
      ],
    ],
    ["closed", [["send", "websocket.close"]]],
    [
      "started",
      [
        ["receive", "lifespan.startup"],
        ["send", "lifespan.startup.complete"],
      ],
    ],
    [
      "failed",
      [
        ["send", "lifespan.startup.failed"],
        ["returned", ""],
      ],
    ],
    [
      "ended",
      [
        ["send", "lifespan.startup.complete"],
        ["send", "lifespan.shutdown.complete"],
      ],
    ],
    ["ended", [["returned", ""]]],
    ["waiting", [["failed", "http.response.start"]]],
  ];
  for (const [state, events] of STATES)
    it(`tell how far they are: ${state} after ${events.at(-1).join(" ")}`, () => {
      const exchanges = new Exchanges();
      exchanges.add(1, scope("1.1"));
      for (const [kind, type, code = null] of events) exchanges.add(1, event({ kind, type, code }));
      assert.equal(exchanges.get("1:1.1").state, state);
    });
});

describe("a message", () => {
  const shown = (changes) => {
    const view = messageView(event(changes));
    return view.children.map((each) => [each.getAttribute("class"), each.textContent]);
  };

  it("has its time, its type, its size and what is in it", () => {
    assert.deepEqual(shown({ text: "{\n    'more_body': True,\n}", size: 5, body: "hello" }), [
      ["what", "+1.3 ms send() http.response.body 5 B"],
      ["code", "{\n    'more_body': True,\n}"],
      ["body", "hello"],
    ]);
  });

  it("is short when there is nothing but its type", () => {
    assert.deepEqual(
      shown({ kind: "receive", type: "http.disconnect", text: "{'type': 'http.disconnect'}" }),
      [["what", "+1.3 ms receive() http.disconnect"]],
    );
  });

  it("says when only its beginning is there", () => {
    const [, , note] = shown({ size: 3_000, body: "é".repeat(1_000) });
    assert.deepEqual(note, ["hint", "This is its beginning."]);
    assert.equal(shown({ size: 2, body: "é" }).length, 2);
    assert.equal(shown({ size: 3, body: "00ff41", binary: true }).length, 2);
    assert.equal(shown({ size: 4, body: "00ff41", binary: true }).length, 3);
  });

  it("of an end is a sentence", () => {
    assert.deepEqual(shown({ kind: "raised", type: "", text: "LookupError: no" }), [
      ["what", "+1.3 ms The app has raised an exception."],
      ["code", "LookupError: no"],
    ]);
  });

  it("of a scope can be opened", () => {
    const view = messageView(scope("1.1"));
    const [details] = view.children;
    assert.equal(details.name, "details");
    assert.equal(details.children[0].textContent, "+1.3 ms scope http");
  });
});

it("bytes are shown by place, digits and characters", () => {
  const digits = Buffer.from("hello, \x00\xffx", "latin1").toString("hex");
  assert.equal(hexDump(digits), "0000  68 65 6c 6c 6f 2c 20 00  hello, .\n0008  ff 78                    .x");
  assert.equal(hexDump(""), "");
});

it("many events go to the page in few messages, all of them and in order", async () => {
  const sent = [];
  const buffer = new WireBuffer((events) => sent.push(events));
  const began = performance.now();
  for (let number = 0; number < 1_000; number++) buffer.add(String(number));
  const windows = 2 + Math.ceil((performance.now() - began) / 50);
  await new Promise((resolve) => setTimeout(resolve, 120));
  assert.ok(sent.length <= windows + 1, `${sent.length} messages`);
  assert.deepEqual(sent[0], ["0"], "the first at once");
  assert.deepEqual(
    sent.flat(),
    Array.from({ length: 1_000 }, (_, number) => String(number)),
  );
});
