// @ts-check
/**
 * Chromium asks for what a link with `download` names past the service worker. Such a click fetches the file,
 * and then saves it.
 */

{
  const { isOwn } = globalThis.asgiDocsURLs;
  const isChromium = navigator.userAgent.includes("Chrome/");
  const anchorClick = HTMLAnchorElement.prototype.click;

  /** @param {HTMLAnchorElement | HTMLAreaElement} link */
  const save = async (link) => {
    const name = link.download;
    const response = await fetch(link.href);
    if (!response.ok) throw new Error(`the app answered with status ${response.status}`);
    const given = response.headers.get("content-disposition") ?? "";
    const [, coded, plain] = /filename\*=UTF-8''([^;]+)|filename="?([^";]+)/i.exec(given) ?? [];
    const url = URL.createObjectURL(await response.blob());
    const saving = document.createElement("a");
    saving.href = url;
    saving.download = (coded && decoded(coded)) || plain || name || fileName(link.href);
    anchorClick.call(saving);
    setTimeout(() => URL.revokeObjectURL(url), 60_000); // the browser reads it in its own time
  };

  /** @param {string} url */
  const fileName = (url) => decoded(new URL(url).pathname.split("/").pop() || "download");

  /** @param {string} text which may hold a percent sign that means itself */
  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  // Bubbling and on the window: the page's own listeners come first, and may prevent it.
  if (isChromium)
    addEventListener("click", (event) => {
      const link = event
        .composedPath()
        .find((node) => node instanceof HTMLAnchorElement || node instanceof HTMLAreaElement);
      if (event.defaultPrevented || !link?.hasAttribute("download")) return;
      if (!/^https?:/.test(link.protocol) || !isOwn(new URL(link.href), location)) return;
      event.preventDefault();
      save(link).catch((error) => console.error(`${link.href} could not be saved: ${error}`));
    });
}
