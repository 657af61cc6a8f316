/** How answers are recorded, compared, and referred to. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { toRecorded } from "../../assets/requests/answers.js";
import { differences } from "../../assets/requests/differences.js";
import { fill, needed } from "../../assets/requests/references.js";

const encoder = new TextEncoder();
const JSON_HEADERS = [["content-type", "application/json"]];

const answer = (body, headers = [], status = 200) => ({ status, headers, body });
const json = (body) => answer(body, JSON_HEADERS);
const recorded = (body, headers = [], options = {}) =>
  toRecorded(200, headers, encoder.encode(body), options.partial ?? false, options.mount);

describe("what is recorded", () => {
  it("is neither the connection's nor the moment's", async () => {
    const headers = [
      ["Content-Type", "text/plain "],
      ["content-length", "5"],
      ["date", "Wed, 21 Oct 2015 07:28:00 GMT"],
      ["server", "uvicorn"],
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ];
    assert.deepEqual(await recorded("a\r\nb", headers), {
      status: 200,
      headers: [
        ["content-type", "text/plain"],
        ["set-cookie", "a=1"],
        ["set-cookie", "b=2"],
      ],
      body: "a\nb",
    });
  });

  it("is a digest of what is no text", async () => {
    const digest = { size: 3, sha256: "ae4b3280e56e2faf83f414a6e3dabe9d5fbe18976544c05fed121accb85b53fc" };
    const bytes = new Uint8Array([0, 1, 2]);
    assert.deepEqual(await toRecorded(200, [], bytes, false), { status: 200, headers: [], binary: digest });
    const { binary } = await toRecorded(200, [], new Uint8Array([0xff, 0xfe]), false);
    assert.equal(binary.size, 2);
  });

  it("is text in the charset of its type", async () => {
    const headers = [["content-type", 'text/plain; charset="iso-8859-1"']];
    const { body } = await toRecorded(200, headers, new Uint8Array([0xe9]), false);
    assert.equal(body, "é");
  });

  it("is a partial text, too, where it is cut within a character", async () => {
    const { body, partial } = await toRecorded(200, [], encoder.encode("é").slice(0, 1), true);
    assert.deepEqual([body, partial], ["", true]);
  });

  it("seems to come from one place, wherever the app is mounted", async () => {
    const mount = new URL("https://docs.example/en/live/~x1/");
    const headers = [
      ["location", "https://docs.example/en/live/~x1/items/1"],
      ["link", "</en/live/~x1/items?page=2>"],
      ["set-cookie", "a=1; path=/en/live/~x1; secure"],
    ];
    const body =
      '{"root": "/en/live/~x1", "url": "https://docs.example/en/live/~x1/a", "other": "/en/live/~x12"}';
    const result = await recorded(body, headers, { mount });
    assert.deepEqual(
      result.headers.map(([, value]) => value),
      ["http://localhost:8000/items/1", "</items?page=2>", "a=1; path=/; secure"],
    );
    assert.equal(result.body, '{"root": "", "url": "http://localhost:8000/a", "other": "/en/live/~x12"}');
  });
});

describe("differences", () => {
  const cases = {
    status: [answer("", [], 201), answer("", [], 404), ["status: 201 recorded, 404 now"]],
    "missing header": [
      json(""),
      answer(""),
      ['header content-type: "application/json" recorded, missing now'],
    ],
    "other value of a header": [
      answer("", [["x-a", "1"]]),
      answer("", [["x-a", "2"]]),
      ['header x-a: "1" recorded, "2" now'],
    ],
    "second header of a name": [
      answer("", [["x-a", "1"]]),
      answer("", [
        ["x-a", "1"],
        ["x-a", "2"],
      ]),
      ['header x-a: not recorded, "2" now'],
    ],
    "a number in JSON": [
      json('{"items": [{"price": 3}]}'),
      json('{"items": [{"price": 4}]}'),
      ["body: /items/0/price: 3 recorded, 4 now"],
    ],
    "big integers": [
      json('{"id": 9007199254740993}'),
      json('{"id": 9007199254740992}'),
      ["body: /id: 9007199254740993 recorded, 9007199254740992 now"],
    ],
    "way of writing a number": [json("[1.0]"), json("[1]"), ["body: /0: 1.0 recorded, 1 now"]],
    "number and string": [json('{"a": 1}'), json('{"a": "1"}'), ['body: /a: 1 recorded, "1" now']],
    "members of JSON": [
      json('{"a/b": null, "c": [1]}'),
      json('{"c": [1, {"d": 2}], "e": true}'),
      [
        "body: /a~1b: null recorded, missing now",
        'body: /c/1: not recorded, {"d": 2} now',
        "body: /e: not recorded, true now",
      ],
    ],
    "what is JSON no more": [json("{}"), json("no"), ['body: "{}" recorded, "no" now']],
    "a line of text": [
      answer("a\nb\nc"),
      answer("a\nx"),
      ['body, line 2: "b" recorded, "x" now', 'body, line 3: "c" recorded, missing now'],
    ],
    "the part of a long line that differs": [
      answer(`${"a ".repeat(100)}b`),
      answer(`${"a ".repeat(100)}c`),
      [`body: "…${"a ".repeat(35).slice(1)}b" recorded, "…${"a ".repeat(35).slice(1)}c" now`],
    ],
    bytes: [
      { status: 200, headers: [], binary: { size: 3, sha256: "a" } },
      { status: 200, headers: [], binary: { size: 3, sha256: "b" } },
      ["body: 3 bytes as recorded, but others"],
    ],
    "number of bytes": [
      { status: 200, headers: [], binary: { size: 3, sha256: "a" } },
      { status: 200, headers: [], binary: { size: 4, sha256: "b" } },
      ["body: 3 bytes recorded, 4 bytes now"],
    ],
    "bytes and text": [
      { status: 200, headers: [], binary: { size: 3, sha256: "a" } },
      answer("abc"),
      ["body: 3 bytes recorded, text now"],
    ],
    "streams that end": [
      { ...answer("a\n"), partial: true },
      answer("a\n"),
      ["body: went on when it was recorded, ends now"],
    ],
    "streams that begin in another way": [
      { ...answer("a\nb\n"), partial: true },
      { ...answer("c\n"), partial: true },
      ['body: "a" recorded, "c" now'],
    ],
    "streams of which nothing comes": [
      { ...answer("a\n"), partial: true },
      { ...answer(""), partial: true },
      ['body: "a\\n" recorded, "" now'],
    ],
  };
  for (const [name, [before, after, expected]] of Object.entries(cases)) {
    it(`tell of ${name}`, () => assert.deepEqual(differences(before, after), expected));
  }

  const equal = {
    "key order and spaces of JSON": [json('{"a": 1, "b": [2]}'), json('{"b":[2],"a":1}')],
    "HTTP dates": [
      answer("", [["expires", "Wed, 21 Oct 2015 07:28:00 GMT"]]),
      answer("", [["expires", "Thu, 22 Oct 2026 08:00:00 GMT"]]),
    ],
    "date-times": [
      answer('at-the-time-of-2024-05-01T12:00:00.123456+00:00"'),
      answer('at-the-time-of-2025-06-02T13:10:00.654321+00:00"'),
    ],
    UUIDs: [
      json('{"9f8b3c1e-5b0a-4b63-9d3c-3f1f0e8a7a11": {"id": "9f8b3c1e-5b0a-4b63-9d3c-3f1f0e8a7a11"}}'),
      json('{"1c2d3e4f-5b0a-4b63-9d3c-3f1f0e8a7a22": {"id": "1c2d3e4f-5b0a-4b63-9d3c-3f1f0e8a7a22"}}'),
    ],
    tokens: [
      answer("", [["set-cookie", "session=eyJhbGciOiJIUzI1NiJ9.e30.aB3; path=/"]]),
      answer("", [["set-cookie", "session=Zx9Jhb0iOiJIUzI1NiJ9.e31.xY4-_; path=/"]]),
    ],
    "measured times": [answer("", [["x-process-time", "0.001"]]), answer("", [["x-process-time", "0.25"]])],
    "order of headers": [
      answer("", [
        ["a", "1"],
        ["b", "2"],
      ]),
      answer("", [
        ["b", "2"],
        ["a", "1"],
      ]),
    ],
    "where a stream is cut": [
      { ...answer("data: 1\ndata: 2\nda"), partial: true },
      { ...answer("data: 1\n"), partial: true },
    ],
    "spaces at the ends of lines": [answer("a  \nb"), answer("a\nb")],
  };
  for (const [name, [before, after]] of Object.entries(equal)) {
    it(`do not count: ${name}`, () => assert.deepEqual(differences(before, after), []));
  }

  it("count when letters make a long word", () => {
    const [word, other] = ["internationalization.of.words", "internationalisation.of.words"];
    assert.equal(differences(answer(word), answer(other)).length, 1);
  });

  it("are counted when they are many", () => {
    const lines = (letter) => Array.from({ length: 13 }, (_, index) => `${letter}${index}`).join("\n");
    const found = differences(answer(lines("a")), answer(lines("b")));
    assert.equal(found.length, 11);
    assert.equal(found.at(-1), "and 3 more differences");
  });
});

describe("references", () => {
  const earlier = [
    {
      name: "create",
      answer: {
        status: 201,
        headers: [["location", "http://localhost:8000/items/7?a=b#top"]],
        body: '{"id": 9007199254740993, "name": "a \\"b\\" é", "tags": [{"k": 1.50}], "null": null}',
      },
    },
    { name: "lost", answer: null },
    { name: "bytes", answer: { status: 200, headers: [], binary: { size: 1, sha256: "" } } },
  ];
  const request = (target, body = undefined, headers = []) => ({ method: "PUT", target, headers, body });

  const targets = {
    "/items/{{create.body.id}}": "/items/9007199254740993",
    "{{1.headers.Location}}": "/items/7?a=b",
    "/n/{{ create.body.name }}": "/n/a%20%22b%22%20%C3%A9",
    "/{{create.status}}/{{create.body.tags.0.k}}": "/201/1.50",
    "/tags?of={{create.body.tags}}": "/tags?of=%5B%7B%22k%22:%201.50%7D%5D",
    "/a%20b": "/a%20b",
  };
  for (const [target, expected] of Object.entries(targets)) {
    it(`are filled into ${target}`, () => assert.equal(fill(request(target), earlier).target, expected));
  }

  it("are written as the body's type has it", () => {
    const filled = (type, body) => fill(request("/", body, [["Content-Type", type]]), earlier).body;
    assert.equal(filled("application/json", '{"n": "{{create.body.name}}"}'), '{"n": "a \\"b\\" é"}');
    assert.equal(
      filled("application/x-www-form-urlencoded", "n={{create.body.name}}"),
      "n=a%20%22b%22%20%C3%A9",
    );
    assert.equal(filled("text/plain", "{{create.body.name}}"), 'a "b" é');
  });

  it("are filled into headers, and leave all else as it is", () => {
    const asked = { ...request("/", undefined, [["Authorization", "Bearer {{1.body.id}}"]]), name: "next" };
    assert.deepEqual(fill(asked, earlier), {
      ...asked,
      headers: [["Authorization", "Bearer 9007199254740993"]],
    });
  });

  const mistakes = {
    "/{{other.status}}": "{{other.status}}: no request other comes before this one.",
    "/{{4.status}}": "{{4.status}}: no request 4 comes before this one.",
    "/{{lost.status}}": "{{lost.status}}: the request lost has no answer.",
    "/{{bytes.body.a}}": "{{bytes.body.a}}: the answer's body is no text.",
    "/{{create.body.tags.1}}": '{{create.body.tags.1}}: the answer (201) has no "1" there.',
    "/{{create.body.toString}}": '{{create.body.toString}}: the answer (201) has no "toString" there.',
    "/{{create.headers.etag}}": "{{create.headers.etag}}: the answer (201) has no such header.",
    "{{create.body.name}}": 'a "b" é is no path of the app.',
  };
  for (const [target, message] of Object.entries(mistakes)) {
    it(`lead nowhere: ${target}`, () => assert.throws(() => fill(request(target), earlier), { message }));
  }
});

describe("what a request needs", () => {
  const earlier = [{ name: "login" }, { name: undefined }, { name: "login" }];
  const request = (target, body) => ({ target, headers: [["Accept", "{{ nobody.status }}"]], body });

  it("are the answers that it refers to, by name or number", () => {
    assert.deepEqual(needed(request("/{{2.body.id}}", "{{login.body.token}}"), earlier), earlier.slice(1));
  });

  it("is nothing without references", () => {
    assert.deepEqual(needed(request("/login"), earlier), []);
  });
});
