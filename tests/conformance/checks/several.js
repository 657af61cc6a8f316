const frameOf = (block) => block.shadowRoot.querySelector("iframe");

/** The page's other block, which has the same code; it runs, and shows its app's page. */
const neighbour = async () => {
  const block = document.querySelectorAll("asgi-live")[1];
  if (block.state === "running") return block;
  const { promise: loaded, resolve } = Promise.withResolvers();
  const onLoad = ({ target }) => {
    if (target.contentDocument?.URL.startsWith(block.baseURL)) resolve();
  };
  block.shadowRoot.addEventListener("load", onLoad, { capture: true }); // a frame comes with the first start
  await block.start();
  await loaded;
  block.shadowRoot.removeEventListener("load", onLoad, { capture: true });
  return block;
};

/** Asks as the block's own page does. */
const ask = async (block, path) => (await frameOf(block).contentWindow.fetch(path)).text();

export default {
  title: "Several apps",
  checks: {
    "apps of one page have states of their own": async ({ block, equal }) => {
      const other = await neighbour();
      const visit = async (app) => Number(await (await app.fetch("/visit")).text());
      const [mine, theirs] = [await visit(block), await visit(other)];
      equal([await visit(block), await visit(block)], [mine + 1, mine + 2]);
      equal(await visit(other), theirs + 1);
    },

    "a root-absolute path means the app of the page that asks": async ({ block, equal }) => {
      const other = await neighbour();
      const mine = Number(await ask(block, "/visit"));
      await ask(other, "/visit");
      await ask(other, "/visit");
      equal(Number(await ask(block, "/visit")), mine + 1);
    },

    "a cookie of one app is not sent to another": async ({ block, equal }) => {
      const other = await neighbour();
      await ask(block, "/remember?name=Ann");
      equal([await ask(block, "/recall"), await ask(other, "/recall")], ["Ann", "nobody"]);
    },

    "a restart begins with a state as new": async ({ equal }) => {
      const other = await neighbour();
      await other.fetch("/visit");
      await other.restart();
      equal(await (await other.fetch("/visit")).text(), "1");
    },

    "after a stop the app's page is told with status 503 that it is not running": async ({ ok, equal }) => {
      const other = await neighbour();
      await other.stop();
      const response = await frameOf(other).contentWindow.fetch("/visit");
      equal(response.status, 503);
      ok((await response.text()).length > 20, "the answer says why");
    },

    // Last: WebKit lets the loop of a terminated worker go on for as long as its page is there.
    "an endless loop in one app leaves the others running, and can be stopped": async ({ fetch, equal }) => {
      const other = await neighbour();
      const looping = other.fetch("/loop").then(
        () => "answered",
        () => "ended",
      );
      equal((await fetch("/visit")).status, 200);
      await other.stop();
      equal([await looping, other.state], ["ended", "stopped"]);
      equal((await fetch("/visit")).status, 200);
    },
  },
};
