/** What the request pane reads: its fields, and events as they come. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { EventStream } from "../../assets/request-pane/event-stream.js";
import { matching, openParameter } from "../../assets/request-pane/route-matching.js";
import { fieldsOf, readFields, typeOf } from "../../assets/request-pane/free-request.js";

const read = (fields) => readFields({ method: "GET", path: "/", headers: "", body: "", ...fields });

describe("fields", () => {
  it("make a request", () => {
    assert.deepEqual(read({ method: " post ", path: " /books?limit=2 ", headers: "X-A:  1 \n\nx-a: 2" }), {
      method: "POST",
      target: "/books?limit=2",
      headers: [
        ["X-A", "1"],
        ["x-a", "2"],
      ],
    });
  });

  const paths = {
    "": "/",
    books: "/books",
    "http://localhost:8000/books?a=1#top": "/books?a=1",
    "http://127.0.0.1": "/",
    "/a b/é?q=ü&x[]={1}": "/a%20b/%C3%A9?q=%C3%BC&x%5B%5D=%7B1%7D",
    "/a%20b/100%25": "/a%20b/100%25",
    "/books/{{create.body.id}}?a b": "/books/{{create.body.id}}?a%20b",
    "{{create.headers.location}}": "{{create.headers.location}}",
    "/\ud800": "/%EF%BF%BD",
  };
  for (const [written, target] of Object.entries(paths))
    it(`read the path ${JSON.stringify(written)}`, () =>
      assert.equal(read({ path: written }).target, target));

  const types = {
    '{"a": 1}': "application/json",
    "[1, 2": "application/json",
    '"text"': "application/json",
    12: "application/json",
    '{"id": {{create.body.id}}}': "application/json",
    "a=1&b=%20": "application/x-www-form-urlencoded",
    "good bye": "text/plain; charset=utf-8",
  };
  for (const [body, type] of Object.entries(types))
    it(`tell the type of ${body}`, () => {
      assert.equal(typeOf(body), type);
      assert.deepEqual(read({ body }), {
        method: "GET",
        target: "/",
        headers: [["Content-Type", type]],
        body,
      });
    });

  it("keep the type that the reader writes, and the body as it is", () => {
    const { headers, body } = read({ headers: "content-type: text/x", body: "### {}\n\n" });
    assert.deepEqual(headers, [["content-type", "text/x"]]);
    assert.equal(body, "### {}\n\n");
  });

  const mistakes = [
    [{ method: "GE T" }, "“GE T” is no method such as GET."],
    [{ method: "" }, "“” is no method such as GET."],
    [{ method: "trace" }, "Browsers do not let a page send TRACE."],
    [
      { path: "https://example.org/a" },
      "Requests go to the block’s app, so write the path of https://example.org/a only.",
    ],
    [{ path: "/a/{b}/{c}" }, "Write a value in place of {b}."],
    [{ path: "//evil" }, "A path starts with one “/”, not “//evil”."],
    [
      { headers: "a: 1\nno header" },
      "Headers, line 2: “no header” is no header such as “Accept: text/html”.",
    ],
    [
      { headers: "a: €" },
      "Headers, line 1: “a: €” has characters that no header can hold; the last one is U+00FF.",
    ],
  ];
  for (const [fields, message] of mistakes)
    it(`tell of ${JSON.stringify(fields)}`, () => assert.throws(() => read(fields), { message }));

  it("are made of a documented request", () => {
    const request = {
      method: "PUT",
      target: "/a",
      headers: [
        ["A", "1"],
        ["B", ""],
      ],
      body: "x",
    };
    const fields = { method: "PUT", path: "/a", headers: "A: 1\nB:", body: "x" };
    assert.deepEqual(fieldsOf(request), fields);
  });
});

describe("an event stream", () => {
  const events = (...parts) => {
    const stream = new EventStream();
    return parts.flatMap((part) => stream.read(part)).map(({ type, id, data }) => [type, id, data]);
  };

  it("is read as it comes", () => {
    assert.deepEqual(events("data: o", "ne\n", "\ndata:two\n", "data: lines\n\n"), [
      ["", "", "one"],
      ["", "", "two\nlines"],
    ]);
  });

  it("has all ends of lines, also where they are cut", () => {
    assert.deepEqual(events("data: a\r", "\n\r", "\ndata: b\r\rdata: c\r\n\r\n"), [
      ["", "", "a"],
      ["", "", "b"],
      ["", "", "c"],
    ]);
  });

  it("has types, ids that stay, and comments", () => {
    assert.deepEqual(
      events("\ufeffevent: tick\nid: 7\ndata\n\n: ping\n\nretry: 1\n\ndata: x\n\nid: 8\n\ndata: y\n\n"),
      [
        ["tick", "7", ""],
        ["", "7", "x"],
        ["", "8", "y"],
      ],
    );
  });

  it("ends with what is complete", () => assert.deepEqual(events("data: a\n\ndata: b\n"), [["", "", "a"]]));
});

describe("routes", () => {
  const route = (path, summary = "") => ({ method: "GET", path, summary, body: "" });
  const routes = [route("/"), route("/books"), route("/books/{id}"), route("/books/{id}/pages", "All Pages")];
  const cases = {
    "": ["/", "/books", "/books/{id}", "/books/{id}/pages"],
    "/books/": ["/books/{id}", "/books/{id}/pages"],
    "/books/7": ["/books/{id}", "/books/{id}/pages"],
    "/books/7/p": ["/books/{id}/pages"],
    "/books/7/x": [],
    "all p": ["/books/{id}/pages"],
    "/books?limit=2": [],
    BOOKS: ["/books", "/books/{id}", "/books/{id}/pages"],
    "/nothing": [],
  };
  for (const [typed, paths] of Object.entries(cases))
    it(`that fit ${typed || "nothing"}`, () =>
      assert.deepEqual(
        matching(routes, typed).map(({ path }) => path),
        paths,
      ));

  it("have parameters that wait for a value", () => {
    assert.deepEqual(openParameter("/books/{id}/{page}"), { name: "{id}", start: 7, end: 11 });
    assert.equal(openParameter("/books/{{create.body.id}}?a={b}"), null);
  });
});
