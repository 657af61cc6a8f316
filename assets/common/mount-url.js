// @ts-check
/**
 * What a URL that an app emits means. An app believes that it owns its whole site: its `/about`, and its
 * `http://localhost:8000/about` from a setting, are the page `about` below its mount. Shared by the
 * service worker, for headers and sub-requests, and the frame client, for navigations.
 *
 * An app has a mount for each of its clients: `~token` for the first, `~token.2` for the second. One that was told
 * its mount at its start writes the first one's URLs for everybody; each client stays in its own.
 */

{
  // What apps are told to be their own address while they are developed, and by test clients.
  const LOOPBACK = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|testserver)$/;

  /**
   * Whether a URL's host is where the app believes to live.
   * @param {URL} url
   * @param {{ host: string }} own the documentation's own location
   */
  const isOwn = ({ protocol, host, hostname }, own) =>
    /^https?:$/.test(protocol) && (host === own.host || LOOPBACK.test(hostname));

  /** @param {string} path */
  const decoded = (path) => {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  };

  /**
   * What follows a prefix of whole segments; null without the prefix.
   * @param {string} path
   * @param {string} prefix without a slash at its end
   * @param {(prefix: string) => string} read what two prefixes have in common that mean the same
   */
  const after = (path, prefix, read) => {
    const segments = path.split("/");
    const { length } = prefix.split("/");
    if (read(segments.slice(0, length).join("/")) !== read(prefix)) return null;
    return segments.length === length ? "" : `/${segments.slice(length).join("/")}`;
  };

  /**
   * What follows a prefix, however it is percent-encoded.
   * @param {string} path
   * @param {string} prefix
   */
  const below = (path, prefix) => after(path, prefix, decoded);

  /**
   * What the mounts, or tokens, of an app's clients have in common.
   * @param {string} mount
   */
  const appOf = (mount) => decoded(mount).replace(/\.\d+$/, "");

  /**
   * What follows the app's mount, whichever client's it is.
   * @param {string} path
   * @param {string} mount
   */
  const belowApp = (path, mount) => after(path, mount, appOf);

  /**
   * A path below the mount, without the prefixes that an app puts before a path which has one already.
   * @param {string} path
   * @param {string} mount
   */
  const collapsed = (path, mount) => {
    let rest = path;
    for (let next = belowApp(rest, mount); next !== null; next = belowApp(rest, mount)) rest = next;
    return rest;
  };

  /**
   * @param {string} path
   * @param {string} mount
   */
  const pathInMount = (path, mount) => {
    const inside = belowApp(path, mount);
    if (inside !== null) return mount + collapsed(inside, mount);
    const scope = mount.slice(0, mount.lastIndexOf("/"));
    const above = below(path, scope);
    if (above?.startsWith("/~")) return path; // another app's mount
    // A `../about` of the app's first page: there is nothing above the root of a site.
    return mount + (above ?? path);
  };

  /**
   * The URL inside an app's mount that a URL of the app means.
   * @param {string | URL} text as the app wrote it
   * @param {string} base what it is relative to
   * @param {string} mount absolute URL of the app's mount, without a slash at its end
   * @returns {string | null} null when it is another site's, or none of the web's
   */
  const inMount = (text, base, mount) => {
    const own = new URL(mount);
    /** @type {URL} */ let url;
    try {
      const from = new URL(base);
      // As if the app lived at the root: `../..` does not lead out of a site.
      const inside = from.origin === own.origin ? belowApp(from.pathname, own.pathname) : null;
      if (inside !== null) from.pathname = inside;
      url = new URL(text, from);
    } catch {
      return null; // the browser will say so
    }
    if (!isOwn(url, own)) return null;
    own.pathname = pathInMount(url.pathname, own.pathname);
    own.search = url.search;
    own.hash = url.hash;
    // The setters drop a lone "?" or "#", which a URL may end with.
    return own.href + (/[?#]$/.exec(url.href)?.[0] ?? "");
  };

  // Not enumerable: an app's own scripts have no reason to meet it.
  Object.defineProperty(globalThis, "asgiDocsURLs", { value: { inMount, isOwn, below, collapsed, appOf } });
}
