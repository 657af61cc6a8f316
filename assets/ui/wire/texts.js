// @ts-check
/** Every sentence of the wire view. */

import { translate } from "../../languages.js";

export const texts = {
  since:
    "ASGI messages from now on, and those of the lifespan. Requests that began earlier are in the log only.",
  choose: "Choose a request to see its messages.",
  notSeen: "This request began before this tab was opened, or is one of those that are no longer kept.",
  exchanges: "Requests, WebSockets and lifespan",
  /** @param {string} title */
  messagesOf: (title) => `ASGI messages of ${title}`,
  lifespan: "Lifespan",
  /** @param {string} title */
  own: (title) => `${title} (by the app itself)`,
  /** @param {string} title @param {number} number */
  ofClient: (title, number) => `${title} (client ${number})`,

  states: {
    waiting: "waiting",
    open: "open",
    /** @param {number | null} code */
    closed: (code) => (code === null ? "closed" : `closed, ${code}`),
    raised: "exception",
    started: "started",
    ended: "ended",
    failed: "failed",
  },

  kinds: {
    failed: "refused",
    returned: "The app has returned.",
    raised: "The app has raised an exception.",
  },
  /** @param {number} count */
  dropped: (count) =>
    count === 1 ? "1 earlier message was dropped." : `${count} earlier messages were dropped.`,
  beginning: "This is its beginning.",
};

await translate(texts, "wire");
