// @ts-check
/**
 * The cookies of the app's clients: one jar, or two with a heading each.
 *
 * @import { Cookie } from "../../types.d.ts"
 */

import { texts } from "../clients/texts.js";
import { element } from "../dom.js";
import { CookiePane } from "./pane.js";

/** @typedef {{ pane: CookiePane, heading: HTMLElement, element: HTMLElement }} Jar */

export class CookieJars {
  #forget;
  /** @type {Map<number, Jar>} by client */ #jars = new Map();

  /** @param {(client: number, cookie?: Cookie) => void} forget all of them, if none is named */
  constructor(forget) {
    this.#forget = forget;
    const style = element("link", { rel: "stylesheet", href: new URL("pane.css", import.meta.url).href });
    this.element = element("div", {}, style);
  }

  /** @param {Map<number, Cookie[]>} cookies by client */
  show(cookies) {
    for (const [client, jar] of this.#jars) {
      if (cookies.has(client)) continue;
      jar.element.remove();
      this.#jars.delete(client);
    }
    for (const [client, ofClient] of cookies) {
      const { pane, heading } = this.#jarOf(client);
      heading.hidden = cookies.size === 1;
      pane.show(ofClient);
    }
  }

  /** @param {number} client */
  #jarOf(client) {
    const known = this.#jars.get(client);
    if (known) return known;
    const id = `jar-${client}`;
    const pane = new CookiePane((cookie) => this.#forget(client, cookie));
    const heading = element("h4", { id }, texts.client(client));
    const attributes = { role: "group", "aria-labelledby": id, class: "jar" };
    const jar = { pane, heading, element: element("div", attributes, heading, pane.element) };
    this.#jars.set(client, jar);
    this.element.append(jar.element);
    return jar;
  }
}
