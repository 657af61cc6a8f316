/**
 * Runs the checks of an area in a page that holds the area's block, one after another.
 * `globalThis.conformance` holds what there is so far; the driver looks at it until it is `done`.
 */

import { equal, ok, until, within } from "./expect.js";

/** Milliseconds; WebKit compiles Python for ten seconds and more. */
const START_LIMIT = 180_000;
const LOAD_LIMIT = 30_000;
const CHECK_LIMIT = 60_000;

export async function run(area, engine) {
  const report = { done: false, title: "", known: {}, results: [], error: null };
  globalThis.conformance = report;
  try {
    const { title, checks, known = {} } = (await import(`./checks/${area}.js`)).default;
    Object.assign(report, { title, known: known[engine] ?? {} });
    await customElements.whenDefined("asgi-live");
    const preview = new Preview(findBlock(area));
    await within(START_LIMIT, "start()", preview.block.start());
    for (const [name, check] of Object.entries(checks)) {
      // No check sees a page that an earlier one has changed or left hanging. Without that page there is nothing to
      // wait for, check by check.
      await preview.load("/").catch(({ message }) => {
        throw new Error(`before "${name}" the app's page / did not load: ${message}`);
      });
      report.results.push(await runCheck(name, check, preview, engine));
    }
  } catch (error) {
    report.error = String(error);
  }
  report.done = true;
}

function findBlock(caption) {
  const blocks = [...document.querySelectorAll("asgi-live")];
  const block = blocks.find(({ dataset }) => JSON.parse(dataset.block).caption === caption);
  if (!block) throw new Error(`no block has the caption ${caption}`);
  return block;
}

async function runCheck(name, check, preview, engine) {
  const begin = performance.now();
  let error = null;
  try {
    await within(CHECK_LIMIT, "the check", check({ ...preview.tools, equal, ok, until, engine }));
  } catch (thrown) {
    error = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  }
  return { name, ok: error === null, error, milliseconds: Math.round(performance.now() - begin) };
}

class Preview {
  constructor(block) {
    this.block = block;
  }

  /** It is there from the first start on. */
  get iframe() {
    return this.block.shadowRoot.querySelector("iframe");
  }

  get tools() {
    return {
      block: this.block,
      frame: () => this.iframe.contentWindow,
      load: (path) => this.load(path),
      /** The fetch of the app's page: a path means to it what it means to the page's scripts. */
      fetch: (path, init) => this.iframe.contentWindow.fetch(path, init),
    };
  }

  /** Navigates to a path of the app and waits until a page has come from there, maybe by redirects. */
  async load(path) {
    const before = this.iframe.contentDocument;
    this.iframe.contentWindow.location.href = this.block.baseURL + path.slice(1);
    await until(() => this.#hasLoadedAfter(before), LOAD_LIMIT);
  }

  #hasLoadedAfter(before) {
    const { contentDocument: now, contentWindow: frame } = this.iframe;
    return (
      now &&
      now !== before &&
      now.readyState === "complete" &&
      now.URL.startsWith(this.block.baseURL) &&
      frame.navigator.serviceWorker.controller
    );
  }
}
