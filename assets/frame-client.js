// @ts-check
/**
 * Put into each HTML page of an app by the service worker. Keeps the reader inside the app: what the
 * page writes as `/about` means `<mount>/about`. A service worker sees the page's sub-requests, but
 * not a navigation out of its registration scope; those are turned round here.
 */

{
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const mount = script.dataset.mount ?? "";
  script.remove();

  /**
   * The URL inside the mount that a URL of the app's page means, or null when it is right as it is.
   * @param {string | URL} url
   */
  const mapped = (url) => {
    /** @type {URL} */ let target;
    try {
      target = new URL(url, document.baseURI);
    } catch {
      return null; // the browser will say so
    }
    // Not blob: and the like, whose origin is ours too.
    if (target.origin !== location.origin || target.protocol !== location.protocol) return null;
    if (target.pathname === mount || target.pathname.startsWith(`${mount}/`)) return null;
    target.pathname = mount + target.pathname;
    return target.href;
  };

  /**
   * A click may be cancelled later; what it would open is right in either case.
   * @param {Event} event
   */
  const mapLink = (event) => {
    const link = event
      .composedPath()
      .find((node) => node instanceof HTMLAnchorElement || node instanceof HTMLAreaElement);
    if (!link?.hasAttribute("href")) return;
    const url = mapped(link.href);
    if (url) link.href = url;
    // Another site would replace the app in its frame, and often refuses to be framed.
    else if (/^https?:/.test(link.protocol) && link.origin !== location.origin) {
      if (/^(_self|_top|_parent)?$/i.test(link.target)) link.target = "_blank";
    }
    stayInFrame(link);
  };

  /**
   * The app's top is its frame, not the documentation page.
   * @param {HTMLAnchorElement | HTMLAreaElement | HTMLFormElement} element
   */
  const stayInFrame = (element) => {
    if (parent !== window && /^_(top|parent)$/i.test(element.target)) element.target = "_self";
  };
  for (const type of ["click", "auxclick", "contextmenu"]) addEventListener(type, mapLink, true);

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLElement | null} [submitter]
   */
  const mapForm = (form, submitter) => {
    stayInFrame(form);
    if (/^_(top|parent)$/i.test(submitter?.getAttribute("formtarget") ?? ""))
      submitter?.setAttribute("formtarget", "_self");
    const override = submitter?.getAttribute("formaction");
    // An empty action means the page's own URL, whatever its <base>.
    const url = mapped(override || form.getAttribute("action") || location.href);
    if (url) (override ? submitter : form)?.setAttribute(override ? "formaction" : "action", url);
  };
  addEventListener(
    "submit",
    (event) => mapForm(/** @type {HTMLFormElement} */ (event.target), event.submitter),
    true,
  );
  const submit = HTMLFormElement.prototype.submit;
  HTMLFormElement.prototype.submit = function () {
    mapForm(this);
    submit.call(this);
  };

  const open = window.open;
  window.open = (url, ...rest) => open.call(window, url ? (mapped(url) ?? url) : url, ...rest);

  // `location = "/x"` and the like; without the Navigation API the preview's watchdog brings the frame back.
  const { navigation } = /** @type {{ navigation?: EventTarget }} */ (/** @type {unknown} */ (window));
  navigation?.addEventListener("navigate", (event) => {
    const { destination, downloadRequest, navigationType, formData } = /** @type {any} */ (event);
    if (destination.sameDocument || downloadRequest !== null || formData || !event.cancelable) return;
    const url = mapped(destination.url);
    if (!url) return;
    event.preventDefault();
    queueMicrotask(() => (navigationType === "replace" ? location.replace(url) : location.assign(url)));
  });

  /** Tells the address bar where the page is, after history.pushState() too. */
  const announce = () =>
    parent !== window &&
    parent.postMessage({ type: "asgi-docs.location", href: location.href }, location.origin);
  for (const method of /** @type {const} */ (["pushState", "replaceState"])) {
    const original = history[method];
    history[method] = function (state, unused, url) {
      original.call(this, state, unused, url ? (mapped(url) ?? url) : url);
      announce();
    };
  }
  addEventListener("popstate", announce);
  addEventListener("hashchange", announce);
}
