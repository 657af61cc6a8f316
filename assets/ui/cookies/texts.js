// @ts-check
/** What the tab with the app's cookies says. */

import { translate } from "../../languages.js";

export const texts = {
  none: "The app has set no cookies. They are kept when it is started again, and forgotten with the page.",
  some: "What the app's requests carry. They are kept when the app is started again, and forgotten with the page.",
  name: "Name",
  value: "Value",
  path: "Path",
  expires: "Expires",
  rules: "Rules",
  atEnd: "with the page",
  forget: "Forget",
  /** @param {string} name */
  forgetOne: (name) => `Forget ${name || "the cookie without a name"}`,
  forgetAll: "Forget all cookies",
  /** @param {string} name */
  forgotten: (name) => `${name} is forgotten.`,
  allForgotten: "All cookies are forgotten.",
};

await translate(texts, "cookies");
