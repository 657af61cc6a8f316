const sha256 = async (bytes) =>
  [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

export default {
  title: "WSGI apps (Flask)",
  checks: {
    "the app knows its place": async ({ block, fetch, equal }) => {
      const { origin, protocol, host, pathname } = new URL(block.baseURL);
      const mount = pathname.replace(/\/$/, "");
      const { script_name, path, url, host: told, scheme } = await (await fetch("/where")).json();
      equal([script_name, path], [mount, "/where"]);
      equal([url, told, scheme], [`${origin}${mount}/visit`, host, protocol.slice(0, -1)]);
    },

    "links that url_for makes stay in the app": async ({ load, frame, equal, until }) => {
      await load("/");
      frame().document.querySelector("a").click();
      await until(() => frame().location.pathname.endsWith("/visit") && frame().document.body?.textContent);
      equal(Number(frame().document.body.textContent) > 0, true);
    },

    "redirects and signed session cookies work": async ({ fetch, equal }) => {
      equal((await (await fetch("/away")).json()).path, "/where");
      const first = await (await fetch("/visit")).json();
      equal(await (await fetch("/visit")).json(), first + 1);
    },

    "forms with files arrive": async ({ fetch, equal }) => {
      const body = new FormData();
      body.set("name", "é");
      body.set("file", new Blob(["content"]), "a.txt");
      const { name, file } = await (await fetch("/form", { method: "POST", body })).json();
      equal([name, file], ["é", "content"]);
    },

    "an upload of 5 MB arrives byte for byte": async ({ fetch, equal }) => {
      const bytes = Uint8Array.from({ length: 5_000_000 }, (_, index) => (index * 7) % 251);
      const response = await fetch("/upload", { method: "POST", body: bytes });
      equal(await response.text(), await sha256(bytes));
    },

    "a stream of 5 MB arrives byte for byte, and is closed": async ({ fetch, equal, ok }) => {
      const bytes = new Uint8Array(await (await fetch("/large?parts=50")).arrayBuffer());
      equal(bytes.length, 5_000_000);
      ok(
        bytes.every((byte, index) => byte === Math.floor(index / 100_000)),
        "every part in its place",
      );
      equal(await (await fetch("/ended")).json(), ["large"]);
    },

    "static files are found beside the code": async ({ fetch, equal }) => {
      const response = await fetch("/shelf/a.css");
      equal(
        [response.headers.get("content-type"), await response.text()],
        ["text/css; charset=utf-8", "body { color: rgb(1, 2, 3) }\n"],
      );
    },

    "an exception is a 500, and its traceback is in the log": async ({ block, fetch, equal, until }) => {
      let log = "";
      const listen = ({ detail }) => {
        log += detail.text;
      };
      block.addEventListener("asgi-live:output", listen);
      equal((await fetch("/crash")).status, 500);
      await until(() => log.includes("ValueError: a mistake in the app"));
      block.removeEventListener("asgi-live:output", listen);
    },
  },
};
