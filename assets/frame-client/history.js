// @ts-check
/** Where the page is: what it makes of its own URL, and what the address bar hears of it. */

{
  const { mapped, mount, top, isFramed } = globalThis.asgiDocsFrame;
  const { below } = globalThis.asgiDocsURLs;
  const { parent } = window;

  /** Tells the address bar where the page is, after history.pushState() too. */
  const announce = () => {
    if (window !== top() || !isFramed()) return;
    parent.postMessage({ type: "asgi-docs.location", href: location.href }, origin);
  };
  for (const method of /** @type {const} */ (["pushState", "replaceState"])) {
    const original = History.prototype[method];
    History.prototype[method] = function (state, unused, url) {
      original.call(this, state, unused, url ? (mapped(url) ?? url) : url);
      announce();
    };
  }
  addEventListener("popstate", announce);
  addEventListener("hashchange", announce);

  // The documentation page is not where the app's reader comes from.
  const { referrer } = document;
  const isApps = referrer.startsWith(`${origin}/`) && below(new URL(referrer).pathname, mount) !== null;
  if (referrer.startsWith(`${origin}/`) && !isApps)
    Object.defineProperty(document, "referrer", { value: "", configurable: true });
}
