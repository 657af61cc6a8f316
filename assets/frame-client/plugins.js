// @ts-check
/**
 * `<object>` and `<embed>`: browsers keep service workers out of what these load
 * (https://w3c.github.io/ServiceWorker/#handle-fetch), so the page fetches it for them.
 */

{
  const { mapped, isElsewhere, inEachTree } = globalThis.asgiDocsFrame;
  const PLUGINS = "object[data], embed[src]";
  /** What each element was last given by us, or is being given. */
  /** @type {WeakMap<Element, string>} */ const given = new WeakMap();

  /**
   * An app's page needs its own URL, for its links and its scripts: that is what a frame has.
   * @param {Element} element
   * @param {string} url
   */
  const replaceByFrame = (element, url) => {
    const frame = document.createElement("iframe");
    for (const name of ["id", "class", "style", "width", "height", "name", "title"]) {
      const value = element.getAttribute(name);
      if (value !== null) frame.setAttribute(name, value);
    }
    frame.src = url;
    element.replaceWith(frame);
  };

  /** @param {Element} element */
  const fill = async (element) => {
    const name = element.localName === "object" ? "data" : "src";
    const value = element.getAttribute(name) ?? "";
    const { protocol, href } = new URL(value, element.baseURI);
    if (!/^https?:$/.test(protocol) || isElsewhere(href) || given.get(element) === value) return;
    const url = mapped(href) ?? href;
    given.set(element, value);
    const response = await fetch(url).catch(() => null);
    // Changed in the meantime; or not there, and the element shows its fallback.
    if (element.getAttribute(name) !== value || !response?.ok) return;
    if (/^text\/html\b/i.test(response.headers.get("content-type") ?? "")) replaceByFrame(element, url);
    else {
      // A new element: Chromium's <object> keeps to the fallback that it has shown once.
      const filled = /** @type {Element} */ (element.cloneNode(true));
      filled.setAttribute(name, URL.createObjectURL(await response.blob()));
      element.replaceWith(filled);
    }
  };

  /** @param {Element} element */
  const fillSafely = (element) => {
    fill(element).catch(() => {}); // no URL: nothing to show
  };

  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      for (const node of type === "attributes" ? [target] : addedNodes) {
        const element = /** @type {Element} */ (node);
        if (!element.matches) continue; // text
        if (element.matches(PLUGINS)) fillSafely(element);
        if (type !== "attributes") element.querySelectorAll(PLUGINS).forEach(fillSafely);
      }
    }
  });
  inEachTree((tree) =>
    observer.observe(tree, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ["src", "data"],
    }),
  );
}
