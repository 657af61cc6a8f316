const answer = (query) => `/answer?${new URLSearchParams(query)}`;
const page = (body, headers = {}) => answer({ body, "content-type": "text/html; charset=utf-8", ...headers });

export default {
  title: "Statuses and headers",
  checks: {
    "every status from 200 to 599 arrives, but for redirects": async ({ fetch, equal }) => {
      const statuses = [200, 201, 202, 203, 206, 226, 300, 304, 400, 401, 404, 405, 407, 409, 410, 413];
      statuses.push(418, 421, 422, 425, 426, 429, 431, 451, 500, 501, 502, 503, 504, 507, 511, 599);
      const seen = await Promise.all(
        statuses.map(async (status) => (await fetch(answer({ status, "www-authenticate": "Basic" }))).status),
      );
      equal(seen, statuses);
    },

    "a status that no browser takes is told as 502": async ({ fetch, equal, ok }) => {
      const response = await fetch(answer({ status: 600 }));
      equal(response.status, 502);
      ok((await response.text()).includes("600"), "the page names the status");
    },

    "headers of one name are joined in their order": async ({ fetch, equal }) => {
      const query = "x-twice=first&x-other=between&x-twice=second";
      const { headers } = await fetch(`/answer?${query}`);
      equal([headers.get("x-twice"), headers.get("x-other")], ["first, second", "between"]);
    },

    "scripts do not see Set-Cookie": async ({ fetch, equal }) => {
      const { headers } = await fetch(answer({ "set-cookie": "a=1" }));
      equal([headers.get("set-cookie"), headers.getSetCookie?.() ?? []], [null, []]);
    },

    "the charset of the content type decides how a page is read": async ({ load, frame, equal }) => {
      const type = "text/html; charset=iso-8859-1";
      await load(answer({ body: "<!doctype html><p>caf\u00e9", encoding: "latin-1", "content-type": type }));
      equal(frame().document.characterSet, "windows-1252");
      equal(frame().document.querySelector("p").textContent, "caf\u00e9");
    },

    "a page with a doctype is in standards mode, one without in quirks mode": async ({
      load,
      frame,
      equal,
    }) => {
      const modes = [];
      for (const body of ["<!doctype html><p>a", "<!-- a --><!DOCTYPE html><html><p>b", "<p>c"]) {
        await load(page(body));
        modes.push(frame().document.compatMode);
      }
      equal(modes, ["CSS1Compat", "CSS1Compat", "BackCompat"]);
    },

    "a page that names no content type is what its beginning says": async ({ load, frame, equal }) => {
      await load(answer({ body: "<h1>Title</h1>" }));
      equal([frame().document.contentType, Boolean(frame().asgiDocsFrame)], ["text/html", true]);
    },

    "plain text, JSON and a picture are shown as such": async ({ load, frame, equal }) => {
      await load(answer({ body: "<b>plain</b>", "content-type": "text/plain; charset=utf-8" }));
      equal(frame().document.body.textContent.trim(), "<b>plain</b>");
      await load(answer({ body: '{"a": 1}', "content-type": "application/json" }));
      equal(frame().document.contentType, "application/json");
      await load("/picture.svg");
      equal(frame().document.documentElement.localName, "svg");
    },

    "pictures of a page load": async ({ load, frame, until, equal }) => {
      await load(page('<!doctype html><img src="/picture.svg">'));
      const image = frame().document.querySelector("img");
      await until(() => image.complete && image.naturalWidth);
      equal([image.naturalWidth, image.naturalHeight], [7, 5]);
    },

    "a page that forbids frames is shown in the preview": async ({ load, frame, equal }) => {
      await load(
        page("<!doctype html><p>shown", {
          "x-frame-options": "DENY",
          "content-security-policy": "frame-ancestors 'none'; img-src 'none'",
        }),
      );
      equal(frame().document.querySelector("p").textContent, "shown");
    },

    "the app's Content-Security-Policy holds": async ({ load, frame, equal }) => {
      const policy = "default-src 'self'; script-src 'self'; frame-ancestors 'none'";
      const body =
        "<!doctype html><p>before</p><script>document.querySelector('p').textContent = 'after'</script>";
      await load(page(body, { "content-security-policy": policy }));
      equal(frame().document.querySelector("p").textContent, "before");
    },

    "links stay in the app under a Content-Security-Policy of nonces": async ({
      load,
      frame,
      until,
      equal,
    }) => {
      const policy = "default-src 'none'; script-src 'nonce-tea'";
      await load(
        page("<!doctype html><a href='/answer?body=arrived'>go</a>", { "content-security-policy": policy }),
      );
      frame().document.querySelector("a").click();
      await until(() => frame().document?.body?.textContent === "arrived");
      equal(frame().document.body.textContent, "arrived");
    },

    "the app's pages have their cookies under any Content-Security-Policy": async ({
      load,
      frame,
      fetch,
      equal,
    }) => {
      const policies = [
        "default-src 'none'; connect-src 'self'",
        "script-src 'none'",
        "script-src 'nonce-tea'; script-src-elem 'nonce-tea'",
        "script-src 'nonce-tea' 'strict-dynamic'",
        "default-src 'self' 'unsafe-inline'; script-src 'unsafe-inline'",
        "script-src 'nonce-tea', default-src 'self'; script-src-elem 'nonce-milk' 'strict-dynamic'",
      ];
      const seen = [];
      for (const [index, policy] of policies.entries()) {
        await load(page("<!doctype html><p>page", { "content-security-policy": policy }));
        frame().document.cookie = `name=${index}; path=/`;
        seen.push(await (await fetch("/cookie")).text());
      }
      equal(seen, ["0", "1", "2", "3", "4", "5"]);
    },

    "a policy's own inline scripts still run, and no other ones": async ({ load, frame, equal }) => {
      const policies = ["script-src 'unsafe-inline'", "script-src 'nonce-tea' 'strict-dynamic'"];
      const body =
        "<!doctype html><script nonce=tea>window.first = 1</script><script>window.second = 1</script>";
      const seen = [];
      for (const policy of policies) {
        await load(page(body, { "content-security-policy": policy }));
        seen.push([frame().first ?? 0, frame().second ?? 0]);
      }
      equal(seen, [
        [1, 1],
        [1, 0],
      ]);
    },

    "X-Content-Type-Options: nosniff holds": async ({ load, frame, until, equal }) => {
      const script = answer({
        body: "x = 1",
        "content-type": "text/plain",
        "x-content-type-options": "nosniff",
      });
      await load(page(`<!doctype html><script src="${script.replaceAll("&", "&amp;")}"></script>`));
      const { document } = frame();
      const retry = document.createElement("script");
      let outcome;
      retry.onload = retry.onerror = ({ type }) => {
        outcome = type;
      };
      retry.src = script;
      document.head.append(retry);
      await until(() => outcome);
      equal([outcome, frame().x ?? null], ["error", null]);
    },

    "a Refresh header navigates inside the app": async ({ load, frame, until, equal }) => {
      await load(page("<!doctype html><p>old", { refresh: "0; url=/answer?body=new" }));
      await until(() => frame().document?.body?.textContent === "new");
      equal(frame().document.body.textContent, "new");
    },

    "an HTTP error of the framework is its page, with its status": async ({ fetch, load, frame, equal }) => {
      const response = await fetch("/forbidden");
      equal([response.status, await response.text()], [403, "not for you"]);
      await load("/forbidden");
      equal(frame().document.body.textContent, "not for you");
    },

    "an exception is the framework's page with status 500, and its traceback is printed": async ({
      block,
      fetch,
      until,
      equal,
    }) => {
      let output = "";
      const listen = ({ detail }) => {
        output += detail.text;
      };
      block.addEventListener("asgi-live:output", listen);
      const response = await fetch("/crash");
      equal([response.status, await response.text()], [500, "Internal Server Error"]);
      await until(() => output.includes("ValueError: a mistake in the app"));
      block.removeEventListener("asgi-live:output", listen);
    },

    "an exception before the answer begins is status 500, as under a server": async ({ fetch, equal }) => {
      const response = await fetch("/raw/early");
      equal([response.status, await response.text()], [500, "Internal Server Error"]);
    },

    "an app that ends without an answer is status 500": async ({ fetch, equal }) => {
      equal((await fetch("/raw/silent")).status, 500);
    },

    "an exception after the answer's beginning breaks the body off": async ({ fetch, equal }) => {
      const response = await fetch("/raw/late");
      equal([response.status, response.headers.get("x-begun")], [200, "yes"]);
      const outcome = await response.text().then(
        () => "complete",
        () => "broken off",
      );
      equal(outcome, "broken off");
    },
  },
};
