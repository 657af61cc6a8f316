// @ts-check
/**
 * A request as HTTP text, as its page shows it: asgi_docs/block/requests/model.py.
 *
 * @param {Pick<import("../types.d.ts").DocumentedRequest, "method" | "target" | "headers" | "body">} request
 */
export function requestText({ method, target, headers, body }) {
  const lines = [`${method} ${target} HTTP/1.1`];
  for (const [name, value] of headers) lines.push(`${name}: ${value}`.trimEnd());
  return [...lines, ...(body ? ["", body] : [])].join("\n");
}
