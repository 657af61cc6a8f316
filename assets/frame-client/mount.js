// @ts-check
/**
 * First of the frame client's files (bundles.json), which the service worker puts into each HTML page of
 * an app: what a URL in the app's page means. What the page writes as `/about` means `<mount>/about`.
 */

{
  const { inMount, below } = globalThis.asgiDocsURLs;
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const mount = script.dataset.mount ?? "";
  const source = script.src;
  script.remove();
  const mountURL = origin + mount; // `location.origin` is null in a srcdoc frame

  /**
   * The URL inside the mount that a URL of the app's page means, or null when it is right as it is.
   * @param {string | URL} url
   */
  const mapped = (url, base = document.baseURI) => {
    const inside = inMount(url, base, mountURL);
    return inside === null || inside === new URL(url, base).href ? null : inside;
  };

  /**
   * Whether a URL is another site's.
   * @param {string | URL} url
   */
  const isElsewhere = (url, base = document.baseURI) => {
    try {
      return /^https?:$/.test(new URL(url, base).protocol) && inMount(url, base, mountURL) === null;
    } catch {
      return false;
    }
  };

  /**
   * Whether a window shows a page of the app; not so the documentation page around it.
   * @param {Window} candidate
   */
  const isApps = ({ location: { protocol, pathname } }) =>
    protocol === "about:" || below(pathname, mount) !== null;

  /** The app's outermost window: the preview, or its own tab. What the app calls `_top`. */
  const top = () => {
    /** @type {Window} */ let outermost = window;
    try {
      while (outermost.parent !== outermost && isApps(outermost.parent)) outermost = outermost.parent;
    } catch {
      // a documentation page that is itself a frame, of another site
    }
    return outermost;
  };

  /** @type {((target: Window & typeof globalThis) => void)[]} */
  const windowWatchers = [];
  /** @type {((tree: Document | ShadowRoot) => void)[]} */
  const treeWatchers = [];
  /** @param {Document | ShadowRoot} tree */
  const watchTree = (tree) => {
    for (const watcher of treeWatchers) watcher(tree);
  };

  Object.defineProperty(globalThis, "asgiDocsFrame", {
    // Not enumerable: an app's own scripts have no reason to meet it.
    value: {
      mount,
      source,
      mapped,
      isElsewhere,
      top,
      isFramed: () => top() !== window.top,
      /** @param {(target: Window & typeof globalThis) => void} watcher */
      inEachWindow(watcher) {
        windowWatchers.push(watcher);
        watcher(window);
      },
      /** @param {(tree: Document | ShadowRoot) => void} watcher */
      inEachTree(watcher) {
        treeWatchers.push(watcher);
        watcher(document);
      },
      watchTree,
      /** @param {Window} target */
      adopt(target) {
        for (const watcher of windowWatchers) watcher(/** @type {typeof window} */ (target));
        watchTree(target.document);
      },
    },
  });

  const patched = new WeakSet();
  // What happens in a shadow tree is not always seen from outside: nothing of a closed one, no submit, no load.
  asgiDocsFrame.inEachWindow(({ Element }) => {
    if (patched.has(Element)) return;
    patched.add(Element);
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (init) {
      const root = attachShadow.call(this, init);
      watchTree(root);
      return root;
    };
  });
}
