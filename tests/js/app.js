// The app's end of a port, played by a test.

/** Long enough for every message that has been posted to arrive. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

export const bytes = (body) => (typeof body === "string" ? new TextEncoder().encode(body) : body);
export const text = async (body) => new Response(body).text();

/** Like a Python worker's end of a port, played by the test. */
export class App {
  #messages = [];
  #wake = () => {};

  constructor(port) {
    this.port = port;
    port.on("message", (message) => {
      this.#messages.push(message);
      this.#wake();
    });
  }

  /** The next message from the client. */
  async next() {
    while (this.#messages.length === 0) await new Promise((resolve) => (this.#wake = resolve));
    return this.#messages.shift();
  }

  /** What has come by now; a message that is on its way is waited for. */
  async rest() {
    await settled();
    return this.#messages.splice(0);
  }

  start(id, { status = 200, headers = [], body = null, more = false } = {}) {
    this.port.postMessage({ type: "http.response.start", id, status, headers, body: bytes(body), more });
  }

  body(id, body, more = true) {
    this.port.postMessage({ type: "http.response.body", id, body: bytes(body), more });
  }
}
