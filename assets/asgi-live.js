// @ts-check
/** The front end's entry: defines the element. Loaded once per page, whatever the number of blocks. */

import { AsgiLiveElement, isShared } from "./element.js";
import { translate } from "./languages.js";
import { texts } from "./texts.js";

await translate(texts, "page");

// A theme with instant navigation may load the module of a newer build into a page of an older one.
if (!customElements.get("asgi-live")) customElements.define("asgi-live", AsgiLiveElement);

/** Shows the edits that a link carries (take-home/share-link.js). */
function openLink() {
  if (isShared()) import("./take-home/open-link.js").then(({ openLink }) => openLink(location.hash));
}

addEventListener("hashchange", openLink);
openLink();
