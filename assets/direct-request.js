// @ts-check
/**
 * Requests of the page straight to an app, without the service worker, as `fetch` takes and answers them.
 *
 * @import { HeaderPair } from "./types.d.ts"
 */

/**
 * Redirects are not followed.
 * @param {AppClient} client
 * @param {string} path
 * @param {RequestInit} init
 * @returns {Promise<Response & { rawHeaders: HeaderPair[] }>}
 */
export async function ask(client, path, init) {
  const { method } = new Request(location.href, { method: init.method }); // checked and normalized
  const { body, headers } = await encode(init);
  if (init.credentials === "omit") headers.push(["x-asgi-docs-credentials", "omit"]);
  const { pathname, search } = new URL(`http://app${path.startsWith("/") ? path : `/${path}`}`);
  const response = await client.request({
    method,
    path: pathname + search,
    headers,
    body,
    signal: init.signal ?? undefined,
  });
  try {
    return toResponse(response, method);
  } catch (error) {
    if (response.body instanceof ReadableStream) response.body.cancel().catch(() => {});
    throw error;
  }
}

/**
 * @param {RequestInit} init
 * @returns {Promise<{ body: ArrayBuffer | ReadableStream<Uint8Array> | null, headers: HeaderPair[] }>}
 */
async function encode({ body, headers: given }) {
  /** @type {HeaderPair[]} */
  // One by one: a browser's Headers would join what stands twice; it also checks names and values.
  const headers = Array.isArray(given)
    ? given.flatMap((pair) => [...new Headers([pair])])
    : [...new Headers(given)];
  /** @param {string} name @param {string | null} value */
  const setDefault = (name, value) => {
    if (value !== null && !headers.some(([known]) => known === name)) headers.push([name, value]);
  };
  setDefault("accept", "*/*");
  setDefault("accept-encoding", globalThis.asgiDocs.acceptEncoding);
  setDefault("user-agent", navigator.userAgent);
  if (body === undefined || body === null) return { body: null, headers };
  const encoded = new Response(body);
  setDefault("content-type", encoded.headers.get("content-type"));
  if (body instanceof ReadableStream) {
    setDefault("transfer-encoding", "chunked");
    return { body: encoded.body, headers };
  }
  const { body: content, framing } = await globalThis.asgiDocs.framed(await encoded.blob());
  for (const [name, value] of framing) setDefault(name, value);
  return { body: content, headers };
}

/**
 * @param {import("./types.d.ts").AppResponse} response
 * @param {string} method
 * @returns {Response & { rawHeaders: HeaderPair[] }}
 */
function toResponse({ status, reason, headers: rawHeaders, body }, method) {
  const headers = new Headers();
  for (const [name, value] of rawHeaders) headers.append(name, value);
  const empty = method === "HEAD" || [204, 205, 304].includes(status);
  const codings = headers.get("content-encoding");
  const content = (body && codings && globalThis.asgiDocs.decoded(body, codings)) || body;
  const response = new Response(empty ? null : content, { status, statusText: reason, headers });
  // A browser's Headers drop Set-Cookie and join what stands twice.
  return Object.defineProperty(/** @type {any} */ (response), "rawHeaders", { value: rawHeaders });
}
