/** What the files of the frame client share and other scripts know nothing of; checked by tsc, not shipped. */

export {};

declare global {
  interface AsgiDocsFrame {
    /** URL of the frame client itself. */
    source: string;
    /** Whether a URL is another site's. */
    isElsewhere(url: string | URL, base?: string): boolean;
    /** The app's outermost window: the preview, or its own tab. What the app calls `_top`. */
    top(): Window;
    /** Whether the documentation page is around the app; not so in a tab of the app's own. */
    isFramed(): boolean;
    /** Opens another site's URL outside (leaving.js). */
    leave(url: string): void;
    /** For this window, and for those of the app's frames that no page of a server's is in; at times again. */
    inEachWindow(watcher: (target: Window & typeof globalThis) => void): void;
    /** For the document, its shadow trees and those of such frames; at times again. */
    inEachTree(watcher: (tree: Document | ShadowRoot) => void): void;
    adopt(target: Window): void;
    watchTree(tree: Document | ShadowRoot): void;
  }
}
