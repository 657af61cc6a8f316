// @ts-check
/**
 * The reader's choice whether an app that is started again finds the files that it has written, such as a database.
 *
 * @import { Session } from "../session.js"
 */

import { element } from "./dom.js";

export const texts = {
  keep: "Keep its files",
  explanation: "When the app is started again, it finds the files that it has written, such as a database.",
  failure:
    "The app's files were not kept: it did not stop in time, or they are more than 50 MB. It starts without them.",
};

/** @type {WeakSet<Session>} those that have been asked about */
const offered = new WeakSet();

/**
 * @param {HTMLElement} restart the button that the choice is about
 * @param {Session} session
 */
export function offerKeeping(restart, session) {
  if (offered.has(session)) return;
  offered.add(session);
  const box = element("input", { type: "checkbox" });
  box.addEventListener("change", () => {
    session.keeping = box.checked ? texts : null;
  });
  restart.after(element("label", { class: "keep", title: texts.explanation }, box, texts.keep));
}
