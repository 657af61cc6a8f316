// A service worker that answers by itself: what no way through a service worker can be faster than.

const BODY = new Uint8Array(10 * 1024 * 1024);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (pathname.endsWith("/constant/")) event.respondWith(Response.json({ hello: "world" }));
  else if (pathname.endsWith("/constant/body")) event.respondWith(new Response(BODY));
  else if (pathname.endsWith("/constant/frame"))
    event.respondWith(new Response("<!doctype html>", { headers: { "content-type": "text/html" } }));
});
