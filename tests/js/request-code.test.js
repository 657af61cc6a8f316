/** Copied requests, read by those whom they are for: a shell, Python, JavaScript. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";

import { curl } from "../../assets/request-code/curl.js";
import { javascript } from "../../assets/request-code/fetch.js";
import { httpie } from "../../assets/request-code/httpie.js";
import { httpx } from "../../assets/request-code/httpx.js";

const ORIGIN = "http://localhost:8000";
const NASTY = 'it\'s "$HOME" `id` \\ \\\\ !! %s * ~ \n\té€😀\u2028 --x';
const JSON_TYPE = ["Content-Type", "application/json"];
const FORM_TYPE = ["Content-Type", "application/x-www-form-urlencoded"];

const request = (method, target, headers = [], body = undefined) => ({ method, target, headers, body });
const json = (body, method = "POST") => request(method, "/x", [JSON_TYPE], body);
const form = (body) => request("POST", "/x", [FORM_TYPE], body);

/** The words of a command line, as a shell has them. */
function words(command) {
  const script = `curl() { printf '%s\\0' "$@"; }; http() { curl "$@"; }\n${command}\n`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

const HTTPX = `
import json, sys, types
seen = {}
def ask(method, url, **options):
    seen.update(method=method, url=url, **options)
    return types.SimpleNamespace(status_code=200, text="")
httpx = types.ModuleType("httpx")
httpx.request = ask
for name in ("get", "head", "delete", "options", "post", "put", "patch"):
    def helper(url, *, name=name, **options):
        if name in ("get", "head", "delete", "options"):
            assert not {"json", "data", "content"} & set(options), name
        return ask(name.upper(), url, **options)
    setattr(httpx, name, helper)
sys.modules["httpx"] = httpx
code = sys.stdin.buffer.read().decode()
output, sys.stdout = sys.stdout, sys.stderr
exec(compile(code, "copied.py", "exec"), {})
if "json" in seen:
    seen["json"] = json.dumps(seen["json"], allow_nan=False)
output.write(json.dumps(seen))
`;

/** What httpx is asked for. */
function asked(code) {
  const options = { input: code, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] };
  return JSON.parse(execFileSync("python3", ["-c", HTTPX], options));
}

/** What fetch() is asked for. */
async function fetched(code) {
  const calls = [];
  const fetch = async (url, init = {}) => {
    calls.push({ url, ...init });
    return new Response("");
  };
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  await new AsyncFunction("fetch", "console", code)(fetch, { log() {} });
  assert.equal(calls.length, 1);
  return calls[0];
}

describe("curl", () => {
  const cases = [
    [request("GET", "/a?b=1&c=2"), [`${ORIGIN}/a?b=1&c=2`]],
    [request("HEAD", "/"), ["-I", `${ORIGIN}/`]],
    [request("DELETE", "/"), ["-X", "DELETE", `${ORIGIN}/`]],
    [request("GET", "/a[1-9]{b}"), ["-g", `${ORIGIN}/a[1-9]{b}`]],
    [
      request("GET", "/", [
        ["X-A", NASTY.replace("\n", "")],
        ["x-a", ""],
        ["Cookie", "session=1"],
      ]),
      [`${ORIGIN}/`, "-H", `X-A: ${NASTY.replace("\n", "")}`, "-H", "x-a;"],
    ],
    [request("POST", "/", [], NASTY), [`${ORIGIN}/`, "-d", NASTY]],
    [request("PUT", "/", [], "@/etc/passwd"), ["-X", "PUT", `${ORIGIN}/`, "--data-raw", "@/etc/passwd"]],
    [request("GET", "/", [], "q"), ["-X", "GET", `${ORIGIN}/`, "-d", "q"]],
    [request("HEAD", "/", [], "q"), ["-X", "HEAD", `${ORIGIN}/`, "-d", "q"]],
    [json('{"a": "it\'s"}'), [`${ORIGIN}/x`, "-H", "Content-Type: application/json", "-d", '{"a": "it\'s"}']],
  ];
  for (const [given, expected] of cases)
    it(JSON.stringify(given), () => assert.deepEqual(words(curl(given)), expected));

  it("is one line where that is short, and else several that a person can read", () => {
    assert.equal(curl(request("GET", "/")), `curl ${ORIGIN}/`);
    assert.equal(
      curl(request("POST", "/books", [JSON_TYPE, ["X-Long", "x".repeat(40)]], '{"a": 1}')),
      [
        `curl ${ORIGIN}/books`,
        "  -H 'Content-Type: application/json'",
        `  -H 'X-Long: ${"x".repeat(40)}'`,
        "  -d '{\"a\": 1}'",
      ].join(" \\\n"),
    );
  });
});

describe("HTTPie", () => {
  const cases = [
    [request("GET", "/a?b=1&c=2"), [`${ORIGIN}/a?b=1&c=2`]],
    [request("OPTIONS", "/"), ["OPTIONS", `${ORIGIN}/`]],
    [
      request("GET", "/", [
        ["X-A", "=@it's"],
        ["X-B", ""],
        ["cookie", "a=1"],
      ]),
      [`${ORIGIN}/`, "X-A: =@it's", "X-B;"],
    ],
    [
      request("POST", "/", [["Content-Type", "text/plain"]], NASTY),
      [`${ORIGIN}/`, "Content-Type: text/plain", `--raw=${NASTY}`],
    ],
    [json("[1]", "PATCH"), ["PATCH", `${ORIGIN}/x`, "Content-Type: application/json", "--raw=[1]"]],
  ];
  for (const [given, expected] of cases)
    it(JSON.stringify(given), () => assert.deepEqual(words(httpie(given)), expected));
});

describe("httpx", () => {
  const url = `${ORIGIN}/x`;
  const type = (pair) => ({ [pair[0]]: pair[1] });
  const cases = [
    [request("GET", "/x"), { method: "GET", url }],
    [request("QUERY", "/x"), { method: "QUERY", url }],
    [
      request("GET", "/x", [
        ["X-A", NASTY],
        ["Cookie", "a=1"],
      ]),
      { method: "GET", url, headers: { "X-A": NASTY } },
    ],
    [
      request("DELETE", "/x", [
        ["X-A", "1"],
        ["x-a", "2"],
      ]),
      {
        method: "DELETE",
        url,
        headers: [
          ["X-A", "1"],
          ["x-a", "2"],
        ],
      },
    ],
    [
      request("DELETE", "/x", [["Content-Type", "text/plain"]], NASTY),
      { method: "DELETE", url, headers: type(["Content-Type", "text/plain"]), content: NASTY },
    ],
    [
      json('{"a": [1, true, null, {}, [], "é\\n"], "big": 9007199254740993, "price": 1.50, "b\\"": false}'),
      {
        method: "POST",
        url,
        json: '{"a": [1, true, null, {}, [], "\\u00e9\\n"], "big": 9007199254740993, "price": 1.5, "b\\"": false}',
      },
    ],
    // What would not be the same again stays text.
    [json("{no"), { method: "POST", url, headers: type(JSON_TYPE), content: "{no" }],
    [json("[1e400]"), { method: "POST", url, headers: type(JSON_TYPE), content: "[1e400]" }],
    [
      json('{"a": 1, "a": 2}'),
      { method: "POST", url, headers: type(JSON_TYPE), content: '{"a": 1, "a": 2}' },
    ],
    [json('"a: \\": "'), { method: "POST", url, json: '"a: \\": "' }],
    [form("a=1&b=%C3%A9+x%20y"), { method: "POST", url, data: { a: "1", b: "é x y" } }],
    [form("a=1&a=2"), { method: "POST", url, headers: type(FORM_TYPE), content: "a=1&a=2" }],
    [form("no%"), { method: "POST", url, headers: type(FORM_TYPE), content: "no%" }],
  ];
  for (const [given, expected] of cases)
    it(JSON.stringify(given), () => assert.deepEqual(asked(httpx(given)), expected));

  it("is written as a person would", () => {
    assert.equal(
      httpx(
        request("POST", "/books", [JSON_TYPE, ["X-Request", "a1"]], '{"title": "Emma", "tags": ["novel"]}'),
      ),
      [
        "import httpx",
        "",
        "response = httpx.post(",
        '    "http://localhost:8000/books",',
        '    headers={"X-Request": "a1"},',
        '    json={"title": "Emma", "tags": ["novel"]},',
        ")",
        "print(response.status_code, response.text)",
        "",
      ].join("\n"),
    );
  });
});

describe("fetch", () => {
  const url = `${ORIGIN}/x`;
  const cases = [
    [request("GET", "/x"), { url }],
    [request("DELETE", "/x", [["Cookie", "a=1"]]), { url, method: "DELETE" }],
    [request("GET", "/x", [["X-A", NASTY]]), { url, headers: { "X-A": NASTY } }],
    [
      request("GET", "/x", [
        ["X-A", "1"],
        ["X-A", "2"],
      ]),
      {
        url,
        headers: [
          ["X-A", "1"],
          ["X-A", "2"],
        ],
      },
    ],
    [
      request("POST", "/x", [["Content-Type", "text/plain"]], NASTY),
      { url, method: "POST", headers: { "Content-Type": "text/plain" }, body: NASTY },
    ],
    [
      json('{"a": [1, 2.5, "</script>"]}'),
      {
        url,
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: '{"a":[1,2.5,"</script>"]}',
      },
    ],
    ...['{"id": 9007199254740993}', "[1.0]", '{"__proto__": {"a": 1}}', '{"a": 1, "a": 2}'].map((body) => [
      json(body),
      { url, method: "POST", headers: { "Content-Type": "application/json" }, body },
    ]),
  ];
  for (const [given, expected] of cases)
    it(JSON.stringify(given), async () => assert.deepEqual(await fetched(javascript(given)), expected));

  it("says what it cannot do", () => {
    assert.throws(() => javascript(request("GET", "/", [], "q")), /no body with GET/);
  });
});
