// @ts-check
/**
 * Links keep the reader inside the app. A service worker sees the page's sub-requests, but not a
 * navigation out of its registration scope: what would lead there is turned round before it happens.
 */

{
  const { mapped, isElsewhere, isFramed, top, inEachTree, inEachWindow } = globalThis.asgiDocsFrame;
  const XLINK = "http://www.w3.org/1999/xlink";

  /**
   * What an element's target means, with the app's outermost window for `_top`.
   * @param {string | null | undefined} target
   * @param {Element} element
   */
  const targetOf = (target, element) => {
    const { ownerDocument: page } = element;
    const { defaultView } = page;
    const name = target || page.querySelector("base[target]")?.getAttribute("target");
    if (!name || !/^_(top|parent)$/i.test(name) || !isFramed() || !defaultView) return name ?? "";
    if (defaultView === top()) return "_self";
    if (/^_parent$/i.test(name)) return name;
    top().name ||= `asgi-docs-${Math.random().toString(36).slice(2)}`;
    return top().name;
  };

  /**
   * Whether a target is the app's outermost window: another site would replace the app in the preview,
   * and often refuses to be framed.
   * @param {string} target
   * @param {Element} element
   */
  const isApp = (target, element) => {
    if (!isFramed()) return false;
    const own = !target || /^_self$/i.test(target);
    return own ? element.ownerDocument.defaultView === top() : target === top().name;
  };

  /** @param {EventTarget} node */
  const isLink = (node) => /^(a|area)$/i.test(/** @type {Partial<Element>} */ (node).localName ?? "");

  /**
   * A click may be cancelled later; what it would open is right in either case.
   * @param {Event} event
   */
  const mapLink = (event) => {
    const link = /** @type {Element | undefined} */ (event.composedPath().find(isLink));
    if (!link) return;
    for (const [namespace, name] of /** @type {const} */ ([
      [null, "href"],
      [XLINK, "href"],
    ])) {
      const href = link.getAttributeNS(namespace, name);
      const url = href === null ? null : mapped(href, link.baseURI);
      if (url) link.setAttributeNS(namespace, name, url);
    }
    const href = link.getAttribute("href") ?? link.getAttributeNS(XLINK, "href");
    if (href === null) return;
    const written = link.getAttribute("target");
    let target = targetOf(written, link);
    if (isElsewhere(href, link.baseURI) && isApp(target, link)) {
      target = "_blank";
      link.setAttribute("rel", `${link.getAttribute("rel") ?? ""} noopener`.trim());
    }
    if (target !== (written ?? "")) link.setAttribute("target", target);
  };

  /**
   * @param {HTMLFormElement} form
   * @param {Element | null} [submitter]
   */
  const mapForm = (form, submitter) => {
    const method = submitter?.getAttribute("formmethod") ?? form.getAttribute("method");
    if (/^dialog$/i.test(method ?? "")) return;
    const override = submitter?.getAttribute("formaction");
    // An empty action means the page's own URL, whatever its <base>.
    const action = override || form.getAttribute("action") || form.ownerDocument.URL;
    const url = mapped(action, form.baseURI);
    if (url) (override ? submitter : form)?.setAttribute(override ? "formaction" : "action", url);

    const owner = submitter?.hasAttribute("formtarget") ? submitter : form;
    const name = owner === form ? "target" : "formtarget";
    const written = owner.getAttribute(name);
    const target = targetOf(written, form);
    const wanted = isElsewhere(action, form.baseURI) && isApp(target, form) ? "_blank" : target;
    if (wanted !== (written ?? "")) owner.setAttribute(name, wanted);
  };

  /** @param {Event} event */
  const onSubmit = (event) =>
    mapForm(
      /** @type {HTMLFormElement} */ (event.target),
      /** @type {HTMLElement | null} */ (/** @type {SubmitEvent} */ (event).submitter),
    );

  inEachTree((tree) => {
    // At a document's window we come before the app's own listeners.
    const root = /** @type {Document} */ (tree).defaultView ?? tree;
    for (const type of ["click", "auxclick", "contextmenu", "dragstart"])
      root.addEventListener(type, mapLink, true);
    root.addEventListener("submit", onSubmit, true);
  });

  const patched = new WeakSet();
  inEachWindow((target) => {
    const { HTMLFormElement, open } = target;
    if (patched.has(HTMLFormElement)) return;
    patched.add(HTMLFormElement);

    const { submit } = HTMLFormElement.prototype;
    HTMLFormElement.prototype.submit = function () {
      mapForm(this);
      submit.call(this);
    };

    target.open = (url, name, ...rest) => {
      if (!url) return open.call(target, url, name, ...rest);
      const wanted = name && targetOf(name, document.documentElement);
      const leaves = wanted && isElsewhere(url) && isApp(wanted, document.documentElement);
      return open.call(target, mapped(url) ?? url, leaves ? "_blank" : wanted, ...rest);
    };
  });
}
