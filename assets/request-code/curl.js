// @ts-check
/**
 * A request as a command of curl (https://curl.se/docs/manpage.html).
 *
 * @import { Request } from "./parts.js"
 */

import { headersOf, urlOf } from "./parts.js";
import { commandLine } from "./shell.js";

/** @param {Request} request */
export function curl(request) {
  const { method, body } = request;
  const url = urlOf(request);
  const headers = headersOf(request).map(([name, value]) => ["-H", value ? `${name}: ${value}` : `${name};`]);
  return commandLine([
    // Brackets and braces would stand for several URLs.
    ["curl", ...(/[[\]{}]/.test(url) ? ["-g"] : []), ...methodOptions(method, body !== undefined), url],
    ...headers,
    // After -d, “@” would name a file.
    ...(body === undefined ? [] : [[body.startsWith("@") ? "--data-raw" : "-d", body]]),
  ]);
}

/**
 * @param {string} method
 * @param {boolean} hasBody
 */
function methodOptions(method, hasBody) {
  if (method === (hasBody ? "POST" : "GET")) return [];
  // With -X HEAD, curl would wait for a body.
  return method === "HEAD" && !hasBody ? ["-I"] : ["-X", method];
}
