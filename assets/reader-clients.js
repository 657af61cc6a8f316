// @ts-check
/**
 * The reader's clients of one app: the preview, and a second one beside it. Each has a mount and cookies of its own,
 * which outlive the app's starts. Loaded with the first of them.
 *
 * @import { Connect, Registration } from "./registration.js"
 * @import { ClientMount, Cookie } from "./types.d.ts"
 *
 * @typedef {{ client: number, token: string, cookies: Cookie[] }} ReaderClient
 */

export class ReaderClients {
  /** @type {ReaderClient[]} */ #all;
  #token;
  #registration;

  /**
   * @param {string} token of the app, which is the first client's
   * @param {Registration} registration
   */
  constructor(token, registration) {
    this.#token = token;
    this.#registration = registration;
    this.#all = [{ client: 1, token, cookies: [] }];
  }

  /** @returns {ClientMount[]} */
  get mounts() {
    return this.#all.map(({ client, token, cookies }) => {
      return { client, mount: this.#registration.mountOf(token), cookies };
    });
  }

  /** @param {number} client */
  add(client) {
    const token = `${this.#token}.${client}`;
    this.#all.push({ client, token, cookies: [] });
    return { client, mount: this.#registration.mountOf(token), cookies: [] };
  }

  /** @param {number} client whose cookies are forgotten */
  remove(client) {
    this.unlink([client]);
    this.#all = this.#all.filter((each) => each.client !== client);
  }

  /** @param {number} client */
  cookiesOf(client) {
    return this.#all.find((each) => each.client === client)?.cookies ?? [];
  }

  /**
   * What a jar holds now.
   * @param {{ client: number, cookies: Cookie[] }} jar
   */
  keep({ client, cookies }) {
    for (const each of this.#all) if (each.client === client) each.cookies = cookies;
  }

  /**
   * Links their mounts in the service worker.
   * @param {(client: number) => ReturnType<Connect>} connect
   * @param {number[]} [which] else all
   */
  async link(connect, which) {
    const link = (/** @type {ReaderClient} */ { client, token }) =>
      this.#registration.link(token, () => connect(client));
    await Promise.all(this.#some(which).map(link));
  }

  /** @param {number[]} [which] else all */
  async unlink(which) {
    await Promise.all(this.#some(which).map(({ token }) => this.#registration.unlink(token)));
  }

  /** @param {number[] | undefined} which */
  #some(which) {
    return which ? this.#all.filter(({ client }) => which.includes(client)) : this.#all;
  }
}
