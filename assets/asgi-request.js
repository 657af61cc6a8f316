// @ts-check
/** The entry for pages with documented requests: defines their element. */

import { translate } from "./languages.js";
import { AsgiRequestElement } from "./requests/element.js";
import { texts } from "./texts.js";

await translate(texts, "page");

// As asgi-live.js does it.
if (!customElements.get("asgi-request")) customElements.define("asgi-request", AsgiRequestElement);
