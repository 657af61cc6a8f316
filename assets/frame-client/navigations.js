// @ts-check
/**
 * Navigations that scripts begin (`location = "/x"`, `<meta http-equiv="refresh">`), by the Navigation API.
 * Without it the preview's watchdog brings the frame back (ui/browser-pane.js, frames.js).
 */

{
  const { mapped, isElsewhere, isFramed, top, leave, inEachWindow } = globalThis.asgiDocsFrame;

  /**
   * @param {Event} event
   * @param {Window} target
   */
  const onNavigate = (event, target) => {
    const { location } = target;
    const { destination, downloadRequest, navigationType, formData } = /** @type {any} */ (event);
    if (destination.sameDocument || downloadRequest !== null || formData || !event.cancelable) return;
    const url = mapped(destination.url);
    if (url) {
      event.preventDefault();
      queueMicrotask(() => (navigationType === "replace" ? location.replace(url) : location.assign(url)));
    } else if (isElsewhere(destination.url) && isFramed() && target === top()) {
      event.preventDefault();
      leave(destination.url);
    }
  };

  const watched = new WeakSet();
  inEachWindow((target) => {
    const { navigation } = /** @type {any} */ (target);
    if (!navigation || watched.has(navigation)) return;
    watched.add(navigation);
    navigation.addEventListener("navigate", (/** @type {Event} */ event) => onNavigate(event, target));

    const { navigate } = navigation;
    // Before the app's own "navigate" listeners: a router of the app would take it for another site's.
    navigation.navigate = (/** @type {string | URL} */ url, /** @type {unknown[]} */ ...rest) =>
      navigate.call(navigation, mapped(url) ?? url, ...rest);
  });
}
