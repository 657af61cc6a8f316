// @ts-check
/**
 * An app as a folder that runs on the reader's own machine, with the requests that its page documents.
 *
 * @import { BlockData, DocumentedRequest } from "../types.d.ts"
 */

import { bytesOf } from "../base64.js";
import { httpFile } from "./http-file.js";
import { pythonDict, pythonText, scriptHeader } from "./python-source.js";
import { readme } from "./readme.js";
import { testFile } from "./test-file.js";

/**
 * Its files, in their order. Ours have other names where the app has files of theirs.
 * @param {BlockData} block
 * @param {Record<string, string>} files the app's, as the reader has edited them
 * @param {DocumentedRequest[]} requests to it
 * @param {string} page URL of it
 * @returns {Record<string, Uint8Array>} by path
 */
export function projectFiles(block, files, requests, page) {
  const taken = new Set([...Object.keys(files), ...Object.keys(block.binary ?? {})]);
  const free = (/** @type {string} */ name) => {
    for (; taken.has(name); name = `live_${name}`);
    return name;
  };
  const asked = requests.length ? requests : [{ method: "GET", target: block.path, headers: [] }];
  const names = { serve: free("serve.py"), test: free("test_requests.py"), requests: free("requests.http") };
  /** @type {Record<string, string>} */
  const ours = {
    [free("README.md")]: readme({ ...names, page, packages: packages(block) }),
    [names.serve]: serveFile(block),
    [names.requests]: httpFile(asked),
    [names.test]: testFile(asked, {
      module: names.serve.replace(/\.py$/, ""),
      packages: [...packages(block), "httpx", "pytest"],
      settings: settings(block),
    }),
  };
  /** @type {Record<string, Uint8Array>} */ const all = {};
  for (const [path, text] of Object.entries({ ...ours, ...files }))
    all[path] = new TextEncoder().encode(text);
  for (const [path, content] of Object.entries(block.binary ?? {})) all[path] = bytesOf(content);
  return all;
}

/** @param {BlockData} block */
function packages({ requires, files }) {
  const named = new Set(requires.map((each) => /^[\w.-]+/.exec(each)?.[0]));
  const usesSockets = Object.values(files).some((text) => /websocket/i.test(text));
  const wanted = ["uvicorn", ...(usesSockets ? ["websockets"] : [])]; // which uvicorn does not bring
  return [...requires, ...wanted.filter((name) => !named.has(name))];
}

/** @param {BlockData} block */
function serveFile(block) {
  const [module, expression] = block.app.split(":");
  const name = /^\w+/.exec(expression)?.[0] ?? expression;
  const isAdapted = block.requires.some((each) => /^asgiref\b/.test(each));
  const variables = { ...(usesMount(block) ? { ASGI_DOCS_MOUNT: "" } : {}), ...block.env };
  return [
    ...scriptHeader(packages(block)),
    ...(isAdapted ? ["import inspect"] : []),
    "import os",
    "from pathlib import Path",
    "",
    "import uvicorn",
    ...(isAdapted ? ["from asgiref.wsgi import WsgiToAsgi"] : []),
    "",
    "os.chdir(Path(__file__).parent)",
    ...(Object.keys(variables).length ? [`os.environ.update(${pythonDict(variables)})`] : []),
    "",
    ...(name === expression
      ? [`from ${module} import ${name} as application  # noqa: E402`]
      : [`from ${module} import ${name}  # noqa: E402`, "", `application = ${expression}`]),
    // Whoever calls it with two arguments, and not with scope, receive and send, speaks WSGI.
    ...(isAdapted
      ? [
          "if len(inspect.signature(application).parameters) == 2:",
          "    application = WsgiToAsgi(application)",
        ]
      : []),
    "",
    'if __name__ == "__main__":',
    `    uvicorn.run(application, host="127.0.0.1", port=8000${settings(block)})`,
    "",
  ].join("\n");
}

/** @param {BlockData} block */
function settings({ lifespan }) {
  return lifespan ? `, lifespan=${pythonText(lifespan)}` : "";
}

/** @param {BlockData} block */
function usesMount({ files }) {
  return Object.values(files).some((text) => text.includes("ASGI_DOCS_MOUNT"));
}
