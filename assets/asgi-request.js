// @ts-check
/** The entry for pages with documented requests: defines their element. */

import { AsgiRequestElement } from "./requests/element.js";

// As asgi-live.js does it.
if (!customElements.get("asgi-request")) customElements.define("asgi-request", AsgiRequestElement);
