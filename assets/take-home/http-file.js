// @ts-check
/**
 * Requests as editors send them: https://www.jetbrains.com/help/idea/exploring-http-syntax.html, with the
 * references of https://github.com/Huachao/vscode-restclient#request-variables.
 *
 * @import { DocumentedRequest } from "../types.d.ts"
 * @typedef {Pick<DocumentedRequest, "method" | "target" | "headers" | "body" | "name">} Asked
 */

import { RECORDED_ORIGIN } from "../requests/answers.js";
import { namesOf, partsOf } from "./requests.js";

/** @param {Asked[]} requests */
export function httpFile(requests) {
  const names = namesOf(requests);
  const text = (/** @type {string} */ given) =>
    partsOf(given, requests)
      .map((part) => (typeof part === "string" ? part : reference(part)))
      .join("");
  const sections = requests.map(({ method, target, headers, body }, index) => {
    const lines = [`### ${method} ${target}`, `# @name ${names[index]}`];
    lines.push(`${method} ${RECORDED_ORIGIN}${text(target)}`);
    for (const [name, value] of headers) lines.push(`${name}: ${text(value)}`);
    if (body) lines.push("", text(body));
    return `${lines.join("\n")}\n`;
  });
  return sections.join("\n");
}

/** @param {import("./requests.js").Reference} reference */
function reference({ name, part, keys }) {
  if (part === "body") return `{{${name}.response.body.${["$", ...keys].join(".")}}}`;
  if (part === "headers") return `{{${name}.response.headers.${keys.join(".")}}}`;
  return `{{${name}.response.status}}`;
}
