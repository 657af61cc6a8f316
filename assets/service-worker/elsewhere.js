// @ts-check
/** Redirects of a script's request to other sites. */

/** What a request without its body does not say any more. */
const BODY_HEADERS = ["content-encoding", "content-language", "content-location", "content-type"];

/**
 * The frame client's headers are none that other sites allow: the browser would ask them for leave first,
 * and fail. So the redirect is followed here, without them.
 * @param {Request} request
 * @param {Response} response
 * @returns {Promise<Response> | null} null when the browser shall go on by itself
 */
function followedElsewhere(request, { status, headers: given, body }) {
  const location = given.get("location");
  const ours = [...request.headers.keys()].filter((name) => name.startsWith(PRIVATE));
  if (!location || ![301, 302, 303, 307, 308].includes(status) || ours.length === 0) return null;
  const target = new URL(location, request.url);
  if (target.origin === worker.location.origin || request.redirect !== "follow" || request.mode !== "cors")
    return null;
  const isRead = request.method === "GET" || request.method === "HEAD";
  // A POST becomes a GET; another method with its body is the browser's to repeat.
  if (!isRead && status !== 303 && !(request.method === "POST" && status < 303)) return null;
  const headers = new Headers(request.headers);
  // https://fetch.spec.whatwg.org/#http-redirect-fetch: the app's credentials are not for another site.
  for (const name of [...ours, "authorization", ...(isRead ? [] : BODY_HEADERS)]) headers.delete(name);
  discard(body);
  const { cache, credentials, referrerPolicy, signal } = request;
  const method = isRead ? request.method : "GET";
  return fetch(target, { method, headers, cache, credentials, referrerPolicy, signal });
}
