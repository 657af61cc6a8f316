/** The log of a block, as lines. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { installDocument } from "./small-dom.js";

installDocument();
const { LogPane } = await import("../../assets/ui/log-pane.js");
const { refusals } = await import("../../assets/ui/log/refusals.js");

const FILES = ["main.py", "shop/prices.py"];
const LIBRARY = "/lib/python3.14/site-packages";

function newLog() {
  const log = new LogPane((file) => FILES.includes(file));
  const [lines] = log.element.querySelectorAll(".lines");
  const [filter] = log.element.querySelectorAll(".filter");
  return {
    log,
    lines,
    /** Texts of what is shown, entry by entry. */
    shown() {
      log.render();
      return lines.children.filter(({ hidden }) => !hidden).map(textOf);
    },
    filter(text) {
      filter.value = text;
      filter.listeners.input();
    },
    toggle(label) {
      const found = log.element.querySelectorAll(".kind").find(({ textContent }) => textContent === label);
      found.listeners.click();
    },
  };
}

/** With a line for each line, and "> " before those that are folded. */
function textOf(entry) {
  if (entry.name === "details") {
    const [summary, ...folded] = entry.children;
    return [summary.textContent, ...folded.map((line) => `> ${line.textContent}`)].join("\n");
  }
  const parts = entry.querySelectorAll("div.line").length > 0 ? entry.children : [];
  return parts.length > 0 ? parts.map(textOf).join("\n") : entry.textContent;
}

const answer = (changes) => ({
  type: "response",
  key: "1.1",
  method: "GET",
  path: "/items/5",
  status: 200,
  reason: "OK",
  duration: 12.3,
  size: 345,
  ...changes,
});

describe("output", () => {
  it("comes line by line, however it is cut", () => {
    const { log, shown } = newLog();
    for (const piece of ["on", "e\ntwo", "\n\nth", "ree"]) {
      log.output("stdout", piece);
      log.render();
    }
    assert.deepEqual(shown(), ["one", "two", "", "three"]);
  });

  it("keeps streams apart", () => {
    const { log, shown } = newLog();
    log.output("stdout", "out ");
    log.output("stderr", "err ");
    log.output("stdout", "more\n");
    assert.deepEqual(shown(), ["out more", "err "]);
  });

  it("writes a line anew after a carriage return", () => {
    const { log, shown } = newLog();
    for (const piece of ["10 %\r", "20 %", "\r100 %\n", "dos\r\n"]) log.output("stdout", piece);
    assert.deepEqual(shown(), ["100 %", "dos"]);
  });

  it("has its colours, and no other escapes", () => {
    const { log, lines } = newLog();
    log.output("stdout", "\x1b[2K\x1b[1;32mINFO\x1b[0m ready \x1b[38;5;208mx\x1b[0m \x1b[7my\x1b[0m\n");
    log.render();
    const [line] = lines.children;
    assert.equal(line.textContent, "INFO ready x y");
    const spans = line
      .querySelectorAll("span")
      .map((span) => [span.textContent, span.getAttribute("class"), span.properties.get("--color")]);
    assert.deepEqual(spans, [
      ["INFO", "bold ink", "var(--ansi-2)"],
      ["x", "ink", "#ff8700"],
      ["y", "paper", "currentColor"],
    ]);
  });

  it("is bounded, and says so", () => {
    const { log, shown } = newLog();
    for (let line = 0; line < 5_000; line++) log.output("stdout", `${line}\n`);
    const texts = shown();
    assert.equal(texts.length, 2_001);
    assert.equal(texts[0], "Earlier lines were dropped.");
    assert.equal(texts.at(-1), "4999");
    for (let line = 0; line < 3_000; line++) log.response(answer({ key: `1.${line}` }));
    assert.equal(shown().length, 2_001);
  });

  it("is of another app after the next start", () => {
    const { log, shown } = newLog();
    log.divide();
    log.output("stdout", "\x1b[31mhalf");
    log.response(answer({ size: null }));
    log.divide();
    log.output("stdout", "whole\n");
    const [half, request, divider, whole] = shown();
    assert.deepEqual([half, request, whole], ["half", "GET /items/5 → 200 · 12 ms", "whole"]);
    assert.match(divider, /^Started at /);
  });

  it("is gone after a clear, an open line included", () => {
    const { log, shown } = newLog();
    log.output("stdout", "one\nhalf");
    shown();
    log.clear();
    assert.deepEqual(shown(), ["Nothing yet: requests, print() and tracebacks appear here."]);
    log.output("stdout", " of it\n");
    assert.deepEqual(shown(), ["half of it"]);
  });
});

describe("a request's line", () => {
  const line = (changes) => {
    const { log, shown } = newLog();
    log.response(answer(changes));
    return shown().join("\n");
  };

  it("tells what it asked and what came of it", () => {
    assert.equal(line({}), "GET /items/5 → 200 · 12 ms · 345 B");
    assert.equal(line({ size: 0, duration: 1.25 }), "GET /items/5 → 200 · 1.3 ms · 0 B");
    assert.equal(line({ size: 12_345, duration: 12_345 }), "GET /items/5 → 200 · 12.3 s · 12.3 kB");
    assert.equal(line({ status: 404, reason: "Not Found" }), "GET /items/5 → 404 Not Found · 12 ms · 345 B");
    assert.equal(line({ status: 101, size: null }), "GET /items/5 → 101 · 12 ms");
  });

  it("tells whose it is, if it is not the first client's", () => {
    assert.equal(line({ key: "client2.3.1" }), "GET /items/5 → 200 · 12 ms · 345 B · client 2");
  });

  it("tells the size of a stream when it is over", () => {
    const { log, shown } = newLog();
    log.response(answer({ size: null }));
    assert.deepEqual(shown(), ["GET /items/5 → 200 · 12 ms · going on"]);
    log.responseEnd({ type: "response.end", key: "1.1", size: 5, duration: 99, isWhole: true });
    assert.deepEqual(shown(), ["GET /items/5 → 200 · 12 ms · 5 B"]);
    log.response(answer({ key: "1.2", size: null }));
    log.responseEnd({ type: "response.end", key: "1.2", size: 7, duration: 99, isWhole: false });
    assert.equal(shown()[1], "GET /items/5 → 200 · 12 ms · cut off after 7 B");
  });

  it("tells below it which parameter was wrong", () => {
    const refusal = JSON.stringify({
      detail: [{ loc: ["query", "limit"], msg: "Input should be a valid integer", input: "abc" }],
    });
    assert.equal(
      line({ path: "/items?limit=abc", status: 422, reason: "Unprocessable Content", refusal }),
      "GET /items?limit=abc → 422 Unprocessable Content · 12 ms · 345 B\n" +
        "query limit: Input should be a valid integer (was 'abc')",
    );
  });
});

describe("refusals", () => {
  const CASES = {
    "of FastAPI, within a body": [
      { detail: [{ loc: ["body", "items", 0, "price"], msg: "Too small", input: -1 }] },
      ["body items[0].price: Too small (was -1)"],
    ],
    "a missing parameter": [
      { detail: [{ type: "missing", loc: ["header", "x-token"], msg: "Field required", input: null }] },
      ["header x-token: Field required"],
    ],
    "no JSON": [
      {
        detail: [
          {
            type: "json_invalid",
            loc: ["body", 1],
            msg: "JSON decode error",
            input: {},
            ctx: { error: "Expecting value" },
          },
        ],
      },
      ["body: JSON decode error: Expecting value"],
    ],
    "of Litestar": [
      {
        status_code: 400,
        detail: "Validation failed for GET /items",
        extra: [{ message: "Expected `int`, got `str`", key: "limit", source: "query" }],
      },
      ["query limit: Expected `int`, got `str`"],
    ],
    "a sentence": [{ detail: "No such item." }, ["No such item."]],
    "the status again": [{ detail: "Not Found" }, []],
    many: [
      { detail: Array.from({ length: 7 }, (_, at) => ({ loc: ["query", `q${at}`], msg: "no" })) },
      [...[0, 1, 2, 3, 4].map((at) => `query q${at}: no`), "… and 2 more"],
    ],
    "a long value": [
      { detail: [{ loc: ["query", "q"], msg: "no", input: "x".repeat(200) }] },
      [`query q: no (was '${"x".repeat(59)}…)`],
    ],
    "something else": [{ errors: [1] }, []],
    null: [null, []],
    "a list": [[1], []],
    "odd details": [{ detail: [1, null, { msg: 5 }, { loc: "x", msg: "m" }] }, ["m"]],
  };
  for (const [name, [body, expected]] of Object.entries(CASES))
    it(name, () => assert.deepEqual(refusals(JSON.stringify(body), "Not Found"), expected));

  it("broken JSON", () => assert.deepEqual(refusals('{"detail": [', ""), []));
});

const frame = (path, line, name, code) => `  File "${path}", line ${line}, in ${name}\n    ${code}\n`;

describe("a traceback", () => {
  const TEXT =
    "Traceback (most recent call last):\n" +
    frame(`${LIBRARY}/starlette/routing.py`, 10, "app", "await f()") +
    "          ^^^^^^^^^\n" +
    frame(`${LIBRARY}/fastapi/routing.py`, 20, "run", "return await g()") +
    frame("/app/main.py", 13, "read", "return price(item)") +
    frame("/lib/python3.14/json/decoder.py", 5, "decode", "raise") +
    frame("/app/shop/prices.py", 2, "price", "raise KeyError(item)") +
    "KeyError: 5\n";
  const FOLDED = [
    "Traceback (most recent call last):",
    "… 2 frames of starlette, fastapi",
    `>   File "${LIBRARY}/starlette/routing.py", line 10, in app`,
    ">     await f()",
    ">           ^^^^^^^^^",
    `>   File "${LIBRARY}/fastapi/routing.py", line 20, in run`,
    ">     return await g()",
    '  File "/app/main.py", line 13, in read',
    "    return price(item)",
    "… 1 frame of json",
    '>   File "/lib/python3.14/json/decoder.py", line 5, in decode',
    ">     raise",
    '  File "/app/shop/prices.py", line 2, in price',
    "    raise KeyError(item)",
    "KeyError: 5",
  ].join("\n");

  it("folds the frames of libraries", () => {
    const { log, shown } = newLog();
    log.output("stderr", `Exception in ASGI application\n${TEXT}next\n`);
    assert.deepEqual(shown(), ["Exception in ASGI application", FOLDED, "next"]);
  });

  it("may come in any pieces", () => {
    const { log, shown } = newLog();
    for (let at = 0; at < TEXT.length; at += 7) {
      log.output("stderr", TEXT.slice(at, at + 7));
      log.render();
    }
    assert.deepEqual(shown(), [FOLDED]);
  });

  it("leads to the lines of the app's files", () => {
    const { log, lines } = newLog();
    log.output("stderr", TEXT);
    log.render();
    const places = lines.querySelectorAll(".place");
    assert.deepEqual(
      places.map(({ textContent }) => textContent),
      ['File "/app/main.py", line 13', 'File "/app/shop/prices.py", line 2'],
    );
    for (const [listener, event] of [
      ["click", {}],
      ["keydown", { key: "Enter" }],
    ]) {
      places[1].listeners[listener]({ preventDefault() {}, ...event });
      const { type, detail, bubbles, composed } = places[1].dispatched;
      assert.deepEqual([type, detail], ["asgi-docs.goto", { file: "shop/prices.py", line: 2 }]);
      assert.ok(bubbles && composed);
    }
  });

  it("is one with what it is chained to", () => {
    const { log, shown } = newLog();
    const chained = `${TEXT}\nDuring handling of the above exception, another exception occurred:\n\n${TEXT}`;
    log.output("stderr", `${chained}after\n${TEXT}`);
    const [first, after, second] = shown();
    const words = "During handling of the above exception, another exception occurred:";
    assert.equal(first, [FOLDED, "", words, "", FOLDED].join("\n"));
    assert.deepEqual([after, second], ["after", FOLDED]);
  });

  it("may be of a group", () => {
    const { log, shown } = newLog();
    log.output(
      "stderr",
      "  + Exception Group Traceback (most recent call last):\n" +
        `  |   File "${LIBRARY}/anyio/tasks.py", line 1, in wait\n` +
        "  |     raise group\n" +
        "  | ExceptionGroup: two (1 sub-exception)\n" +
        "  +-+---------------- 1 ----------------\n" +
        "    | Traceback (most recent call last):\n" +
        '    |   File "/app/main.py", line 3, in f\n' +
        "    |     raise ValueError\n" +
        "    | ValueError\n" +
        "    +------------------------------------\n" +
        "next\n",
    );
    const [group] = shown();
    assert.equal(
      group,
      [
        "  + Exception Group Traceback (most recent call last):",
        "… 1 frame of anyio",
        `>   |   File "${LIBRARY}/anyio/tasks.py", line 1, in wait`,
        ">   |     raise group",
        "  | ExceptionGroup: two (1 sub-exception)",
        "  +-+---------------- 1 ----------------",
        "    | Traceback (most recent call last):",
        '    |   File "/app/main.py", line 3, in f',
        "    |     raise ValueError",
        "    | ValueError",
        "    +------------------------------------",
        "next",
      ].join("\n"),
    );
  });

  it("of a syntax error leads to the line", () => {
    const { log, lines, shown } = newLog();
    const text =
      "Traceback (most recent call last):\n" +
      frame("/lib/python3.14/importlib/__init__.py", 88, "import_module", "return f()") +
      '  File "/app/main.py", line 3\n    def app(:\n            ^\nSyntaxError: invalid syntax\n';
    log.output("stderr", text);
    assert.match(shown()[0], /\n {2}File "\/app\/main.py", line 3\n {4}def app\(:\n {12}\^\nSyntaxError/);
    assert.equal(lines.querySelectorAll(".place").length, 1);
  });

  it("is not what text in its likeness without an end makes of the log", () => {
    const { log, shown } = newLog();
    log.output("stderr", `Traceback (most recent call last):\n${"  x\n".repeat(1_500)}`);
    assert.equal(shown().length, 502);
  });
});

it("warnings lead to their line, too, and files that the block has not lead nowhere", () => {
  const { log, lines } = newLog();
  log.output("stderr", "/app/main.py:7: UserWarning: old\n/app/other.py:7: x\nhttp://host/app/main.py:9\n");
  log.render();
  const places = lines.querySelectorAll(".place");
  assert.deepEqual(
    places.map(({ textContent }) => textContent),
    ["/app/main.py:7"],
  );
});

describe("the tools", () => {
  const filled = () => {
    const all = newLog();
    all.log.output("stdout", "Ready\n");
    all.log.output("stderr", "warned\n");
    all.log.response(answer({}));
    all.log.response(answer({ key: "1.2", path: "/none", status: 404, reason: "Not Found", size: 1 }));
    return all;
  };
  const READY = "Ready";
  const WARNED = "warned";
  const FOUND = "GET /items/5 → 200 · 12 ms · 345 B";
  const MISSING = "GET /none → 404 Not Found · 12 ms · 1 B";

  it("show the kinds that are wanted", () => {
    const { shown, toggle } = filled();
    assert.deepEqual(shown(), [READY, WARNED, FOUND, MISSING]);
    toggle("Output");
    assert.deepEqual(shown(), [WARNED, FOUND, MISSING]);
    toggle("Requests");
    assert.deepEqual(shown(), [WARNED, MISSING]);
    toggle("Errors");
    assert.deepEqual(shown(), []);
    toggle("Output");
    assert.deepEqual(shown(), [READY, WARNED]);
  });

  it("filter by text, what comes later included", () => {
    const { log, shown, filter } = filled();
    shown();
    filter(" READY ");
    assert.deepEqual(shown(), [READY]);
    log.output("stdout", "other\nalready\n");
    assert.deepEqual(shown(), [READY, "already"]);
    filter("");
    assert.equal(shown().length, 6);
  });

  it("show a traceback as a whole, when anything of it is wanted", () => {
    const { log, shown, filter } = newLog();
    log.output(
      "stderr",
      `Traceback (most recent call last):\n${frame("/app/main.py", 1, "f", "g()")}ValueError: deep\n`,
    );
    shown();
    filter("deep");
    assert.match(shown()[0], /^Traceback/);
    filter("deeper");
    assert.deepEqual(shown(), []);
  });
});
