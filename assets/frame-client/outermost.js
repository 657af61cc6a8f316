// @ts-check
/** The app's outermost window looks outermost to the app, as it is on a server; `top` alone cannot be changed. */

{
  const { top, isFramed } = globalThis.asgiDocsFrame;
  if (window === top() && isFramed()) {
    Object.defineProperty(window, "parent", { value: window, configurable: true });
    Object.defineProperty(window, "frameElement", { value: null, configurable: true });
  }
}
