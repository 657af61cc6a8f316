// @ts-check
/** What only a page needs whose apps run: most readers never load it. */

import "./content.js";
import "./exchange.js";

export { ask } from "./direct-request.js";
export { Spares } from "./spares.js";
