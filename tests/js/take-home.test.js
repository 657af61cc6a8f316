// @ts-check
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { httpFile } from "../../assets/take-home/http-file.js";
import { projectFiles } from "../../assets/take-home/project.js";
import { changes, fragmentOf, readFragment, withChanges } from "../../assets/take-home/share-link.js";
import { testFile } from "../../assets/take-home/test-file.js";

const PAGE = "https://example.org/tutorial.html";

/** @type {import("../../assets/types.d.ts").BlockData} */
const BLOCK = {
  app: "main:app",
  files: { "main.py": "app = 1\n" },
  environment: "fastapi",
  requires: ["fastapi>=0.100"],
  path: "/docs",
  source: "index.rst:3",
};

/** @param {Partial<typeof BLOCK>} [differences] */
function project(differences) {
  const block = { ...BLOCK, ...differences };
  const files = projectFiles(block, block.files, [], PAGE);
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [path, decoded(content)]));
}

/** @param {Uint8Array} content */
function decoded(content) {
  return new TextDecoder().decode(content);
}

describe("an app to take home", () => {
  test("has the app's files, and what serves and asks it", () => {
    const files = project({ binary: { "a.bin": btoa("\u0000") } });
    const names = ["README.md", "serve.py", "requests.http", "test_requests.py", "main.py", "a.bin"];
    assert.deepEqual(Object.keys(files), names);
    assert.equal(files["main.py"], "app = 1\n");
    assert.match(files["serve.py"], /^from main import app as application/m);
    assert.match(files["serve.py"], /^# {3}"fastapi>=0.100",\n# {3}"uvicorn",\n/m);
    assert.match(files["README.md"], /pip install "fastapi>=0.100" "uvicorn"\n/);
    assert.match(files["requests.http"], /^GET http:\/\/localhost:8000\/docs$/m);
    assert.doesNotMatch(files["serve.py"], /environ|asgiref|lifespan/);
  });

  test("has no file of ours in place of one of the app's", () => {
    const files = project({ files: { "serve.py": "app = 1\n", "README.md": "mine" }, app: "serve:app" });
    assert.equal(files["README.md"], "mine");
    assert.match(files["live_serve.py"], /^from serve import app as application/m);
    assert.match(files["test_requests.py"], /^from live_serve import application$/m);
    assert.match(files["live_README.md"], /uv run live_serve\.py/);
  });

  test("is told what the block tells it", () => {
    const files = project({
      app: "shop.main:make_app()",
      env: { SECRET: 'a"b' },
      lifespan: "off",
      requires: ["asgiref", "flask", "uvicorn>=0.30"],
      files: { "shop/main.py": "import os\nos.environ['ASGI_DOCS_MOUNT'] # WebSocket\n" },
    });
    const serve = files["serve.py"];
    assert.match(serve, /^from shop\.main import make_app {2}# noqa: E402\n\napplication = make_app\(\)$/m);
    assert.match(serve, /^os\.environ\.update\(\{"ASGI_DOCS_MOUNT": "", "SECRET": "a\\"b"\}\)$/m);
    assert.match(serve, /port=8000, lifespan="off"\)$/m);
    assert.match(serve, /WsgiToAsgi\(application\)/);
    assert.match(serve, /^# {3}"uvicorn>=0.30",\n# {3}"websockets",\n# \]/m);
    assert.match(files["test_requests.py"], /log_level="warning", lifespan="off"\)/);
  });
});

/** @type {import("../../assets/types.d.ts").DocumentedRequest[]} */
const REQUESTS = [
  {
    method: "POST",
    target: "/books",
    headers: [["Content-Type", "application/json"]],
    body: '{"title": "Emma"}',
    name: "new-book",
    page: "index",
    source: "index.rst:9",
    answer: { status: 201, headers: [] },
  },
  {
    method: "PUT",
    target: "/books/{{new-book.body.id}}",
    headers: [
      ["Content-Type", "application/json"],
      ["If-Match", "{{1.headers.etag}}"],
    ],
    body: '{"title": "{{1.body}}", "was": {{new-book.status}}, "{{7.body}}": 1}',
    page: "index",
    source: "index.rst:14",
  },
  {
    method: "GET",
    target: "/events",
    headers: [],
    page: "index",
    source: "index.rst:20",
    answer: { status: 200, headers: [], body: "data: 1\n\n", partial: true },
  },
];

describe("documented requests", () => {
  test("are sections of an HTTP file, with its own references", () => {
    assert.equal(
      httpFile(REQUESTS.slice(0, 2)),
      `### POST /books
# @name new_book
POST http://localhost:8000/books
Content-Type: application/json

{"title": "Emma"}

### PUT /books/{{new-book.body.id}}
# @name request_2
PUT http://localhost:8000/books/{{new_book.response.body.$.id}}
Content-Type: application/json
If-Match: {{new_book.response.headers.etag}}

{"title": "{{new_book.response.body.$}}", "was": {{new_book.response.status}}, "{{7.body}}": 1}
`,
    );
  });

  test("are tests in Python, with the answers of earlier ones", () => {
    const text = testFile(REQUESTS, { module: "serve", packages: [], settings: "" });
    const tests = text.slice(text.indexOf("def test_1"), text.indexOf("\n\nif __name__"));
    assert.equal(
      tests,
      `def test_1_new_book(client):
    answer = answers["new_book"] = client.request(
        "POST",
        "/books",
        headers=[("Content-Type", "application/json")],
        content="{\\"title\\": \\"Emma\\"}",
    )
    assert answer.status_code == 201, answer.text


def test_2_request_2(client):
    answer = answers["request_2"] = client.request(
        "PUT",
        "/books/" + str(answers["new_book"].json()["id"]),
        headers=[("Content-Type", "application/json"), ("If-Match", str(answers["new_book"].headers["etag"]))],
        content="{\\"title\\": \\"" + in_json(answers["new_book"].text) + "\\", \\"was\\": " + in_json(answers["new_book"].status_code) + ", \\"{{7.body}}\\": 1}",
    )
    assert answer.status_code < 500, answer.text


def test_3_request_3(client):
    with client.stream(
        "GET",
        "/events",
    ) as answer:
        assert answer.status_code == 200
`,
    );
    assert.match(text, /^def in_json\(value\):$/m);
    const plain = testFile(REQUESTS.slice(2), { module: "serve", packages: [], settings: "" });
    assert.doesNotMatch(plain, /json/);
  });
});

describe("a link with edits", () => {
  const original = { "main.py": "a\n", "old.py": "b\n", "same.py": "c\n" };
  const edited = { "main.py": "á → 🎉\n", "same.py": "c\n", "new.py": "" };

  test("carries what differs from the author's files", async () => {
    const files = changes(edited, original);
    assert.deepEqual(files, { "main.py": "á → 🎉\n", "new.py": "", "old.py": null });
    const fragment = await fragmentOf({ block: "index.rst:3", index: 1, files });
    assert.match(fragment, /^#asgi-live=[\w-]+$/);
    const shared = await readFragment(fragment);
    assert.deepEqual(shared, { block: "index.rst:3", index: 1, files });
    assert.deepEqual(withChanges(shared.files, original), edited);
  });

  for (const [what, fragment] of [
    ["is cut off", "#asgi-live=q1ZKyslPz"],
    ["is no base64", "#asgi-live=%%%"],
    ["is empty", "#asgi-live="],
  ])
    test(`that ${what} is told`, async () => {
      await assert.rejects(readFragment(fragment));
    });

  test("of another kind is told", async () => {
    const shared = /** @type {any} */ ({ block: "index.rst:3", index: 1, files: { "main.py": 7 } });
    await assert.rejects(readFragment(await fragmentOf(shared)), /not of ours/);
  });
});
