const captioned = (caption) =>
  [...document.querySelectorAll("asgi-live")].find(
    ({ dataset }) => JSON.parse(dataset.block).caption === caption,
  );

/** What the app of a block sees of a request. */
const seen = async (block) => (await block.fetch("/caf%C3%A9/x?q")).json();

const mountOf = (block) => new URL(block.baseURL).pathname.replace(/\/$/, "");

export default {
  title: "Options of the running app",
  checks: {
    "an app of several files is a package with relative imports": async ({ block, equal }) => {
      const { module, "in sys.modules": inModules } = await seen(block);
      equal([module, inModules], ["shop.main", [true, true]]);
    },

    "its files are found by __file__ and below the working directory, text and binary": async ({
      block,
      equal,
    }) => {
      const app = await seen(block);
      equal([app.template, app.bytes], ["<p>café\n", [0, 255, 13, 10]]);
      equal(app["below the working directory"], true);
    },

    "environment variables are set before the import": async ({ block, equal }) => {
      const { greeting, mount } = await seen(block);
      equal([greeting, mount], ["hello world", mountOf(block)]);
    },

    "the mount is the root path, and the path begins with it": async ({ block, equal }) => {
      const { root_path, path, raw_path } = await seen(block);
      const mount = mountOf(block);
      equal([root_path, path, raw_path], [mount, `${mount}/café/x`, `${mount}/caf%C3%A9/x`]);
    },

    "a stripped mount is out of sight; a script may change all text files": async ({ equal }) => {
      const block = captioned("stripped");
      equal(Object.keys(block.files).sort(), [
        "shop/__init__.py",
        "shop/main.py",
        "shop/pages.py",
        "shop/templates/home.html",
      ]);
      block.files = { ...block.files, "shop/templates/home.html": "changed" };
      await block.start();
      const { root_path, path, raw_path, mount, template } = await seen(block);
      equal([root_path, path, raw_path, mount], ["", "/café/x", "/caf%C3%A9/x", mountOf(block)]);
      equal(template, "changed");
    },
  },
};
