// @ts-check
/**
 * Frames inside the app's pages. A frame's navigation out of the registration scope is not seen by the
 * service worker, and a URL that the parser meets is asked for before a script can change it: then the
 * documentation's host gets one request too many, and the frame the right page a moment later.
 */

{
  const { mount, source, mapped, inEachTree, inEachWindow, adopt } = globalThis.asgiDocsFrame;
  /** How often in a row a frame is brought back before we let it be. */
  const MAX_REPAIRS = 3;
  const FRAMES = "iframe, frame";

  /** @param {string} text */
  const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  const client = `<script src="${escaped(source)}" data-mount="${escaped(mount)}"></script>`;

  /**
   * A frame's own HTML, with the frame client before its scripts.
   * @param {string} html
   */
  const withClient = (html) => {
    if (html.includes(client)) return html;
    const [start] = /^\s*(<!doctype[^>]*>\s*)?(<html\b[^>]*>\s*)?(<head\b[^>]*>)?/i.exec(html) ?? [""];
    return start + client + html.slice(start.length);
  };

  /**
   * What an attribute of a frame should say; null when it is right as it is.
   * @param {Element} frame
   * @param {string} name
   * @param {string} value
   */
  const wanted = (frame, name, value) => {
    if (name === "srcdoc") {
      const sandbox = frame.getAttribute("sandbox");
      // An opaque origin is out of our reach, and of the service worker's.
      if (sandbox !== null && !/\ballow-same-origin\b/i.test(sandbox)) return null;
      const html = withClient(value);
      return html === value ? null : html;
    }
    return mapped(value, frame.baseURI);
  };

  /** @param {Element} frame */
  const mapFrame = (frame) => {
    for (const name of frame.localName === "iframe" ? ["src", "srcdoc"] : ["src"]) {
      const value = frame.getAttribute(name);
      const url = value === null ? null : wanted(frame, name, value);
      if (url !== null) frame.setAttribute(name, url);
    }
  };

  /** @type {WeakMap<Element, number>} */
  const repairs = new WeakMap();

  /**
   * After a frame has loaded: it may have left the mount in a way that nothing above sees, or show
   * what came from no server (about:blank, document.write) and so without the frame client.
   * @param {Event} event
   */
  const onLoad = ({ target }) => {
    const frame = /** @type {HTMLIFrameElement} */ (target);
    if (!frame.matches?.(FRAMES) || !frame.contentWindow) return;
    const { contentWindow: inner } = frame;
    /** @type {string} */ let href;
    try {
      ({ href } = inner.location);
    } catch {
      return; // another site's
    }
    const url = mapped(href);
    if (!url) repairs.delete(frame);
    const count = repairs.get(frame) ?? 0;
    if (url && count < MAX_REPAIRS) {
      repairs.set(frame, count + 1);
      inner.location.replace(url);
    } else if (!Object.hasOwn(inner, "asgiDocsFrame")) adopt(inner);
  };

  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === "attributes") {
        const element = /** @type {Element} */ (target);
        if (element.matches(FRAMES)) mapFrame(element);
        continue;
      }
      for (const node of addedNodes) {
        const element = /** @type {Element} */ (node);
        if (!element.matches) continue; // text
        for (const frame of [element, ...element.querySelectorAll(FRAMES)]) {
          if (!frame.matches(FRAMES)) continue;
          mapFrame(frame);
          onLoad(/** @type {any} */ ({ target: frame })); // an empty frame has nothing to load
        }
      }
    }
  });

  inEachTree((tree) => {
    tree.addEventListener("load", onLoad, true);
    const attributeFilter = ["src", "srcdoc"];
    observer.observe(tree, { childList: true, subtree: true, attributes: true, attributeFilter });
  });

  // What a script sets is right before the frame asks for it.
  const patched = new WeakSet();
  inEachWindow((target) => {
    const { HTMLIFrameElement, HTMLFrameElement } = target;
    if (patched.has(HTMLIFrameElement)) return;
    patched.add(HTMLIFrameElement);
    for (const [{ prototype }, ...names] of /** @type {const} */ ([
      [HTMLIFrameElement, "src", "srcdoc"],
      [HTMLFrameElement, "src"],
    ])) {
      for (const name of names) {
        const property = Object.getOwnPropertyDescriptor(prototype, name);
        if (!property?.set) continue;
        const { set } = property;
        Object.defineProperty(prototype, name, {
          ...property,
          set(/** @type {string} */ value) {
            set.call(this, wanted(this, name, String(value)) ?? value);
          },
        });
      }
      const { setAttribute } = prototype;
      prototype.setAttribute = function (name, value) {
        const ours = /** @type {readonly string[]} */ (names).includes(String(name).toLowerCase());
        const url = ours ? wanted(this, name.toLowerCase(), String(value)) : null;
        setAttribute.call(this, name, url ?? value);
      };
    }
  });
}
