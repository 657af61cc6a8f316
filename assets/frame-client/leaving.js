// @ts-check
/** When the app's scripts go to another site: that opens in a new tab, the app stays in its frame. */

{
  const frame = globalThis.asgiDocsFrame;

  /** @type {HTMLElement | null} */ let notice = null;

  /**
   * A link in place of the tab that a browser does not open without a click. By CSSOM, which no
   * content security policy of the app's forbids.
   * @param {string} url
   */
  const offer = (url) => {
    notice?.remove();
    notice = document.createElement("div");
    notice.style.cssText = `all: initial; position: fixed; inset: 0 0 auto; z-index: 2147483647; padding: 0.75em 1em;
      font: 15px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; border-block-end: 1px solid;`;
    const link = document.createElement("a");
    Object.assign(link, { href: url, target: "_blank", rel: "noopener noreferrer", textContent: url });
    const text = document.createElement("span");
    text.append("The app leads to another site, which opens in a new tab: ", link);
    text.role = "status";
    link.addEventListener("click", () => notice?.remove());
    const root = notice.attachShadow({ mode: "open" });
    root.append(text);
    document.documentElement.append(notice);
  };

  frame.leave = (url) => {
    const tab = navigator.userActivation?.isActive ? open(url, "_blank") : null;
    // Not by "noopener": whether the browser has refused the tab would not be known.
    if (tab) tab.opener = null;
    else offer(url);
  };
}
