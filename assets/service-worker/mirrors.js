// @ts-check
/** Files of other sites that frameworks' pages load: from their packaged copies, or left out. */

/** What asgi_docs/package/layer.py looks for in packages: an npm package's name, version and file. */
const ON_CDN = [
  /^https:\/\/(?:cdn\.jsdelivr\.net\/npm|unpkg\.com)\/((?:@[^/@]+\/)?[^/@?]+)(?:@([^/?]+))?(?:\/([^?]*))?/,
  /^https:\/\/cdn\.redoc\.ly\/(redoc)\/([^/]+)\/([^?]*)/,
];

/**
 * The packaged copy of a file that frameworks' pages load from a CDN.
 * @param {string} url
 */
function mirrorOf(url) {
  for (const pattern of ON_CDN) {
    const [, name, version = "", path] = pattern.exec(url) ?? [];
    const mirror = name && mirrors[name];
    // Another major version is another program; "latest" and the like is what we have.
    if (mirror && (!/^\d/.test(version) || [version, version.split(".")[0]].includes(mirror.version)))
      return new URL(mirror.folder + (path || mirror.default), root);
  }
  return null;
}

/**
 * @param {URL} mirror
 * @param {Request} request
 */
async function fetchMirror(mirror, request) {
  const response = await fetch(mirror).catch(() => null);
  return response?.ok ? response : fetch(request); // a file that was not packaged
}

/** @param {Request} request */
function blank({ destination }) {
  const image = destination === "image";
  const body = image ? '<svg xmlns="http://www.w3.org/2000/svg"/>' : "";
  const type = image ? "image/svg+xml" : destination === "script" ? "text/javascript" : "text/css";
  return new Response(body, { headers: { "content-type": type } });
}
