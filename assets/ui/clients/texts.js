// @ts-check
/** What tells an app's two clients apart. */

import { translate } from "../../languages.js";

export const texts = {
  /** @param {number} number */
  client: (number) => `Client ${number}`,
  close: "Close the second client",
};

await translate(texts, "clients");
