// @ts-check
/**
 * From an app's response to one that the browser takes.
 *
 * @import { AppResponse } from "../types.d.ts"
 */

/**
 * @param {AppResponse} response
 * @param {Request} request
 * @param {string} mount path of the app's mount, without a slash at its end
 */
function toResponse({ status, reason, headers: pairs, body }, request, mount) {
  const headers = new Headers();
  let cookies = "";
  const nonce = crypto.randomUUID();
  for (const [name, value] of pairs) {
    if (name === COOKIES && request.mode === "navigate") cookies = value;
    else if (name === "location") {
      const location = mappedLocation(value, request, mount);
      if (location !== null) headers.set(name, location);
    } else if (name === "refresh") headers.set(name, mappedRefresh(value, request, mount));
    else if (name === "content-security-policy")
      headers.append(name, policyForPreview(value, frameClient, nonce));
    // The preview is a frame; an app that forbids frames means other sites' frames.
    else if (name === "x-frame-options") continue;
    // It would mean all of the documentation's site; app-cookies.js clears the app's cookies.
    else if (name !== "clear-site-data") headers.append(name, value);
  }
  if (worker.crossOriginIsolated) {
    headers.set("cross-origin-embedder-policy", "require-corp");
    headers.set("cross-origin-resource-policy", "same-origin");
  }
  if (status < 200 || status > 599) throw new Error(`A browser refuses the status ${status}.`);
  const elsewhere = leadsElsewhere({ status, headers }, request);
  if (elsewhere) {
    discard(body);
    return outsidePage(elsewhere);
  }
  if (request.method === "HEAD" || [204, 205, 304].includes(status))
    return new Response(null, { status, statusText: reason, headers });
  const codings = headers.get("content-encoding");
  const plain = body && codings && globalThis.asgiDocs.decoded(body, codings);
  if (plain) body = plain;
  if (request.mode === "navigate") {
    // Scripts see the headers of what they fetch as they see a server's. What is navigated to may be
    // saved, and these would be believed.
    if (plain) for (const name of ["content-encoding", "content-length"]) headers.delete(name);
    const untyped = isUntyped(headers);
    if (body && !isAttachment(headers) && (isPage(headers) || untyped)) {
      headers.delete("content-length");
      const wantsNonce = headers.get("content-security-policy")?.includes(nonce);
      const isHTML = untyped ? beginsLikeHTML : () => true;
      body = withFrameClient(body, mount, cookies, wantsNonce ? nonce : "", isHTML);
    }
  }
  return new Response(body, { status, statusText: reason, headers });
}

/** @param {Headers} headers */
function isPage(headers) {
  return /^text\/html\b/i.test(headers.get("content-type") ?? "");
}

/** @param {Headers} headers */
function isAttachment(headers) {
  return /^\s*attachment\b/i.test(headers.get("content-disposition") ?? "");
}

/**
 * Ends a body that nobody will read: the app waits for its reader.
 * @param {AppResponse["body"]} body
 */
function discard(body) {
  if (body instanceof ReadableStream) body.cancel().catch(() => {});
}
