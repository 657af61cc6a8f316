// @ts-check
/**
 * The reader's choice whether an app that is started again finds the files that it has written, such as a database.
 *
 * @import { Session } from "../session.js"
 */

import { texts } from "../editor/texts.js";
import { element } from "./dom.js";

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
    session.keeping = box.checked ? texts.keep : null;
  });
  restart.after(element("label", { class: "keep", title: texts.keep.explanation }, box, texts.keep.label));
}
