// @ts-check
/**
 * Requests as tests for pytest, which run the app by a real server and send them in their order.
 *
 * @import { DocumentedRequest } from "../types.d.ts"
 * @typedef {Pick<DocumentedRequest, "method" | "target" | "headers" | "body" | "name" | "answer" | "task">} Asked
 */

import { isJson } from "../requests/answers.js";
import { pythonText, scriptHeader } from "./python-source.js";
import { namesOf, partsOf } from "./requests.js";

/**
 * @param {Asked[]} requests
 * @param {object} options
 * @param {string} options.module that has the app, as `application`
 * @param {string[]} options.packages that the tests need
 * @param {string} options.settings further arguments of the server's
 */
export function testFile(requests, { module, packages, settings }) {
  const names = namesOf(requests);
  const tests = requests.map((request, index) => {
    const { method, target, headers, body, answer, task } = request;
    const expression = (/** @type {string} */ text) => pythonExpression(text, requests, "str");
    const given = [pythonText(method), expression(target)];
    if (headers.length) {
      const pairs = headers.map(([name, value]) => `(${pythonText(name)}, ${expression(value)})`);
      given.push(`headers=[${pairs.join(", ")}]`);
    }
    if (body) given.push(`content=${pythonExpression(body, requests, isJson(headers) ? "in_json" : "str")}`);
    const isStream = answer?.partial; // one that does not end
    const call = isStream
      ? "    with client.stream("
      : `    answer = answers[${pythonText(names[index])}] = client.request(`;
    const status = answer?.status ?? task?.status;
    const expected = `assert answer.status_code ${status ? `== ${status}` : "< 500"}`;
    return [
      `def test_${index + 1}_${names[index]}(client):`,
      call,
      ...given.map((each) => `        ${each},`),
      ...(isStream ? ["    ) as answer:", `        ${expected}`] : ["    )", `    ${expected}, answer.text`]),
    ].join("\n");
  });
  const usesJson = tests.some((test) => test.includes("in_json("));
  return `${scriptHeader(packages).join("\n")}
${usesJson ? "import json\n" : ""}${HEAD(module, settings)}
${usesJson ? IN_JSON : ""}
${tests.join("\n\n\n")}
${TAIL}`;
}

/** @param {string} module @param {string} settings */
const HEAD = (module, settings) => `import sys
import threading
import time

import httpx
import pytest
import uvicorn

from ${module} import application

answers = {}


@pytest.fixture(scope="module")
def client():
    config = uvicorn.Config(application, port=0, log_level="warning"${settings})
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "The app did not start."
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        yield client
    server.should_exit = True
    thread.join()
`;

const IN_JSON = `
def in_json(value):
    return json.dumps(str(value))[1:-1]

`;

const TAIL = `

if __name__ == "__main__":
    # That httpx is imported already is no matter.
    quiet = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    sys.exit(pytest.main([__file__, *quiet, *sys.argv[1:]]))
`;

/**
 * @param {string} text with references
 * @param {Asked[]} requests
 * @param {"str" | "in_json"} convert the function that makes text of a value
 */
function pythonExpression(text, requests, convert) {
  const parts = partsOf(text, requests).map((part) => {
    return typeof part === "string" ? pythonText(part) : `${convert}(${pythonValue(part)})`;
  });
  return parts.join(" + ") || '""';
}

/** @param {import("./requests.js").Reference} reference */
function pythonValue({ name, part, keys }) {
  const answer = `answers[${pythonText(name)}]`;
  if (part === "status") return `${answer}.status_code`;
  if (part === "headers") return `${answer}.headers[${pythonText(keys.join("."))}]`;
  if (!keys.length) return `${answer}.text`;
  const path = keys.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `[${pythonText(key)}]`));
  return `${answer}.json()${path.join("")}`;
}
