// @ts-check
/**
 * A request as a command of HTTPie 3 (https://httpie.io/docs/cli).
 *
 * @import { Request } from "./parts.js"
 */

import { headersOf, urlOf } from "./parts.js";
import { commandLine } from "./shell.js";

/** @param {Request} request */
export function httpie(request) {
  const { method, body } = request;
  const isDefault = method === (body === undefined ? "GET" : "POST");
  return commandLine([
    ["http", ...(isDefault ? [] : [method]), urlOf(request)],
    // The space keeps “:=” and “:@”, which mean something else, apart.
    ...headersOf(request).map(([name, value]) => [value ? `${name}: ${value}` : `${name};`]),
    ...(body === undefined ? [] : [[`--raw=${body}`]]),
  ]);
}
