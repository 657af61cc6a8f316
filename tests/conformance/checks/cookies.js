/** @param {string[]} cookies `Set-Cookie` values */
const setting = (...cookies) =>
  new URLSearchParams([...cookies.map((cookie) => ["c", cookie]), ["t", String(Math.random())]]);

/** A request by XMLHttpRequest; `check` runs in the page's own handler. */
const xhr = (window, url, read = () => {}) =>
  new Promise((resolve, reject) => {
    const request = new window.XMLHttpRequest();
    request.onreadystatechange = () => {
      if (request.readyState === 4) resolve({ request, seen: read() });
    };
    request.onerror = reject;
    request.open("GET", url);
    request.send();
  });

const text = (window) => window.document.querySelector("pre").textContent;

/** Waits for the page that a navigation of the preview ends on. */
const navigated = async ({ frame, until }, begin, path) => {
  const before = frame().document;
  begin(frame());
  await until(() => {
    const { document: now, location } = frame();
    return now !== before && now.readyState === "complete" && location.pathname.endsWith(path);
  });
  return text(frame());
};

/** No check sees the cookies of an earlier one. */
const clean = (check) => async (tools) => {
  const names = ["a", "b", "c", "count", "session", "ads_id", "hidden"];
  const gone = ["/", "/shop"].flatMap((path) => names.map((name) => `${name}=; Path=${path}; Max-Age=0`));
  await tools.fetch(`/set?${setting(...gone)}`);
  tools.equal(tools.frame().document.cookie, "");
  await check(tools);
};

export default {
  title: "Cookies and the headers of a browser",
  checks: {
    "a cookie that `fetch` has set is in `document.cookie` at once, 300 times": clean(
      async ({ fetch, frame, equal }) => {
        for (let count = 0; count < 300; count += 1) {
          await fetch(`/set?${setting(`count=${count}`)}`);
          equal(frame().document.cookie, `count=${count}`);
        }
      },
    ),

    "a cookie that a script has written goes with the next `fetch`, 300 times": clean(
      async ({ fetch, frame, equal }) => {
        for (let count = 0; count < 300; count += 1) {
          frame().document.cookie = `count=${count}`;
          equal(await (await fetch("/cookie")).json(), `count=${count}`);
        }
      },
    ),

    "`XMLHttpRequest` keeps the same order, 50 times each": clean(async ({ frame, equal }) => {
      for (let count = 0; count < 50; count += 1) {
        const { seen } = await xhr(
          frame(),
          `/set?${setting(`count=${count}`)}`,
          () => frame().document.cookie,
        );
        equal(seen, `count=${count}`);
        frame().document.cookie = `count=x${count}`;
        const { request } = await xhr(frame(), "/cookie");
        equal(request.responseText, `"count=x${count}"`);
      }
    }),

    "a redirect that `fetch` follows sets a cookie": clean(async ({ fetch, frame, equal }) => {
      const to = new URL("cookie", frame().document.baseURI).href;
      const response = await fetch(`/set/redirect?${setting("a=1; Path=/")}&to=${encodeURIComponent(to)}`);
      equal([await response.json(), frame().document.cookie], ["a=1", "a=1"]);
    }),

    "a page sets a cookie, which its scripts and the next page see": clean(async ({ load, frame, equal }) => {
      await load(`/set/page?${setting("a=1; Path=/", "b=ü; Path=/; Max-Age=60")}`);
      equal(frame().document.cookie, "a=1; b=ü");
      await load("/page");
      equal(JSON.parse(text(frame())), "a=1; b=\u00c3\u00bc");
    }),

    "a redirect of the page sets a cookie": clean(async ({ load, frame, equal }) => {
      await load(`/set/redirect?${setting("a=1; Path=/")}&to=/page`);
      equal([text(frame()), frame().document.cookie], ['"a=1"', "a=1"]);
    }),

    "an image sets a cookie": clean(async ({ frame, until }) => {
      const image = new (frame().Image)();
      image.src = `/set/image?${setting("a=1; Path=/")}`;
      await image.decode();
      await until(() => frame().document.cookie === "a=1");
    }),

    "what a script writes goes with the page it navigates to, 60 times": clean(async (tools) => {
      const { equal } = tools;
      for (let count = 0; count < 60; count += 1) {
        const leave = `document.cookie = "a=${count}; path=/"; location.href = new URL("page?${count}", document.baseURI)`;
        equal(await navigated(tools, (window) => window.eval(leave), "/page"), `"a=${count}"`);
      }
    }),

    "what a script writes in a frame of the app's page goes with its navigation, 20 times": clean(
      async ({ frame, until, equal }) => {
        const inner = frame().document.createElement("iframe");
        inner.src = "page";
        frame().document.body.append(inner);
        await new Promise((resolve) => inner.addEventListener("load", resolve, { once: true }));
        for (let count = 0; count < 20; count += 1) {
          const loaded = new Promise((resolve) => inner.addEventListener("load", resolve, { once: true }));
          inner.contentWindow.eval(
            `document.cookie = "a=${count}; path=/"; location.href = new URL("page?${count}", document.baseURI)`,
          );
          await loaded;
          equal(text(inner.contentWindow), `"a=${count}"`);
        }
        await until(() => frame().document.cookie === "a=19");
        inner.remove();
      },
    ),

    "a hundred cookies of 2000 bytes": clean(async ({ fetch, load, frame, equal }) => {
      const value = "x".repeat(2000);
      for (let count = 0; count < 100; count += 1) frame().document.cookie = `big${count}=${value}; path=/`;
      equal((await (await fetch("/cookie")).json()).length, frame().document.cookie.length);
      await load("/page");
      equal(frame().document.cookie.split("; ").length, 100);
      await fetch("/clear");
      equal(frame().document.cookie, "");
    }),

    "`Clear-Site-Data` clears the app's cookies, and nothing of the documentation's": clean(
      async ({ fetch, frame, equal }) => {
        localStorage.setItem("asgi-docs test", "1");
        await fetch(`/set?${setting("a=1", "hidden=2; HttpOnly")}`);
        await fetch("/clear");
        equal([await (await fetch("/cookie")).json(), frame().document.cookie], [null, ""]);
        equal(localStorage.getItem("asgi-docs test"), "1");
        localStorage.removeItem("asgi-docs test");
      },
    ),

    "`HttpOnly` cookies are sent, and are no script's business": clean(async ({ fetch, frame, equal }) => {
      await fetch(`/set?${setting("hidden=1; HttpOnly", "a=1")}`);
      equal(frame().document.cookie, "a=1");
      frame().document.cookie = "hidden=2";
      frame().document.cookie = "hidden=; Max-Age=0";
      frame().document.cookie = "b=1; HttpOnly";
      equal(frame().document.cookie, "a=1");
      equal(await (await fetch("/cookie")).json(), "hidden=1; a=1");
    }),

    "a path limits a cookie, for requests and scripts": clean(async ({ fetch, load, frame, equal }) => {
      await fetch(`/set?${setting("a=1; Path=/", "b=2; Path=/shop")}`);
      const sent = (path) => fetch(path).then((response) => response.json());
      equal(
        [await sent("/cookie"), await sent("/shop/cookie"), await sent("/shopping/cookie")],
        ["a=1", "b=2; a=1", "a=1"],
      );
      equal(frame().document.cookie, "a=1");
      await load("/shop/page");
      equal(frame().document.cookie, "b=2; a=1");
      frame().document.cookie = "c=3";
      equal(await sent("/shop/cookie"), "b=2; c=3; a=1");
      equal(await sent("/cookie"), "a=1");
    }),

    "`Max-Age=0` and a past date delete": clean(async ({ fetch, frame, equal }) => {
      await fetch(`/set?${setting("a=1", "b=2", "c=3")}`);
      await fetch(`/set?${setting("a=; Max-Age=0")}`);
      frame().document.cookie = "b=; expires=Thu, 01 Jan 1970 00:00:00 GMT";
      equal(frame().document.cookie, "c=3");
      equal(await (await fetch("/cookie")).json(), "c=3");
    }),

    "a cookie ends at its time": clean(async ({ fetch, frame, until, equal }) => {
      await fetch(`/set?${setting("a=1; Max-Age=1", "b=2")}`);
      equal(frame().document.cookie, "a=1; b=2");
      await until(() => frame().document.cookie === "b=2");
      equal(await (await fetch("/cookie")).json(), "b=2");
    }),

    "a cookie for another domain is refused": clean(async ({ fetch, frame, equal }) => {
      await fetch(`/set?${setting("a=1; Domain=example.org", "b=2")}`);
      equal([await (await fetch("/cookie")).json(), frame().document.cookie], ["b=2", "b=2"]);
    }),

    "`fetch` without credentials sends and keeps none": clean(async ({ fetch, frame, equal }) => {
      await fetch(`/set?${setting("a=1")}`);
      const response = await fetch(`/set?${setting("b=2")}`, { credentials: "omit" });
      equal(await response.json(), { cookie: null });
      equal(frame().document.cookie, "a=1");
    }),

    "scripts see no header of ours": clean(async ({ fetch, frame, equal }) => {
      const response = await fetch(`/set?${setting("a=1")}`);
      equal(
        [...response.headers.keys()].filter((name) => name.includes("asgi")),
        [],
      );
      const { request } = await xhr(frame(), `/set?${setting("a=2")}`);
      equal(/asgi/i.test(request.getAllResponseHeaders()), false);
      equal(
        Object.keys(frame()).filter((name) => /asgi/i.test(name)),
        [],
      );
    }),

    "the documentation site's own cookies stay out of sight": clean(async ({ fetch, frame, equal }) => {
      document.cookie = "site=1; path=/";
      const before = document.cookie;
      equal(before.includes("site=1"), true);
      await fetch(`/set?${setting("a=1")}`);
      frame().document.cookie = "site=2; path=/";
      equal(frame().document.cookie, "a=1; site=2");
      frame().document.cookie = "site=; path=/; Max-Age=0";
      equal([document.cookie, frame().document.cookie], [before, "a=1"]);
      equal(await (await fetch("/cookie")).json(), "a=1");
      document.cookie = "site=; path=/; Max-Age=0";
    }),

    "another frame of the app sees what a script writes": clean(async ({ frame, until, equal }) => {
      const inner = frame().document.createElement("iframe");
      inner.src = "page";
      frame().document.body.append(inner);
      await new Promise((resolve) => inner.addEventListener("load", resolve, { once: true }));
      frame().document.cookie = "a=1; path=/";
      await until(() => inner.contentDocument.cookie === "a=1");
      inner.contentDocument.cookie = "b=2; path=/";
      await until(() => frame().document.cookie === "a=1; b=2");
      inner.remove();
      equal(frame().document.cookie, "a=1; b=2");
    }),

    "a frame with no page of its own has the app's cookies": clean(async ({ frame, until, equal }) => {
      document.cookie = "site=1; path=/";
      frame().document.cookie = "a=1; path=/";
      const [inner, empty] = [0, 1].map(() => frame().document.createElement("iframe"));
      inner.srcdoc = "<script>document.cookie = 'b=2; path=/'; var seen = document.cookie</script>";
      frame().document.body.append(inner, empty);
      await until(() => inner.contentWindow.seen);
      equal(
        [inner.contentWindow.seen, empty.contentDocument.cookie, frame().document.cookie],
        ["a=1; b=2", "a=1; b=2", "a=1; b=2"],
      );
      inner.remove();
      empty.remove();
      document.cookie = "site=; path=/; Max-Age=0";
    }),

    "`cookieStore`, where the browser has one, is the app's": clean(async ({ fetch, frame, equal }) => {
      const { cookieStore } = frame();
      if (!cookieStore) return;
      await fetch(`/set?${setting("a=1", "hidden=2; HttpOnly")}`);
      equal(
        (await cookieStore.getAll()).map(({ name, value }) => [name, value]),
        [["a", "1"]],
      );
      await cookieStore.set("b", "2");
      equal(await (await fetch("/cookie")).json(), "a=1; hidden=2; b=2");
      equal((await cookieStore.get({ name: "b" })).value, "2");
      await cookieStore.delete("a");
      equal([await cookieStore.get("a"), frame().document.cookie], [null, "b=2"]);
    }),

    "a WebSocket's handshake carries and sets cookies": clean(async ({ frame, until, equal }) => {
      for (let count = 0; count < 10; count += 1) {
        frame().document.cookie = `a=${count}; path=/`;
        const socket = new (frame().WebSocket)("/socket");
        const { data } = await new Promise((resolve, reject) => {
          socket.onmessage = resolve;
          socket.onerror = reject;
        });
        equal(JSON.parse(data).split("; ")[0], `a=${count}`);
      }
      await until(() => frame().document.cookie === "a=9; b=2");
    }),

    "the block's `fetch` has the same cookies": clean(async ({ block, fetch, equal }) => {
      await fetch(`/set?${setting("a=1")}`);
      equal(await (await block.fetch("/cookie")).json(), "a=1");
      const response = await block.fetch(`/set?${setting("b=2")}`, { credentials: "omit" });
      equal(await response.json(), { cookie: null });
      equal(
        response.rawHeaders.some(([name]) => name.startsWith("x-asgi")),
        false,
      );
      equal(await (await fetch("/cookie")).json(), "a=1");
    }),

    "a session of Starlette: login by a form, pages, logout": clean(async (tools) => {
      const { load, frame, equal } = tools;
      await load("/login-form");
      equal(await navigated(tools, (window) => window.document.forms[0].submit(), "/account"), "Ada");
      equal(frame().document.cookie, "");
      await load("/account");
      equal(text(frame()), "Ada");
      await load("/logout");
      equal(text(frame()), "nobody");
      await load("/account");
      equal(text(frame()), "nobody");
    }),

    "a session of Starlette: login by `fetch`": clean(async ({ fetch, load, frame, equal }) => {
      const answer = await fetch("/login", { method: "POST", body: new URLSearchParams({ user: "Bob" }) });
      equal((await answer.text()).includes("Bob"), true);
      await load("/account");
      equal(text(frame()), "Bob");
    }),

    "cookie parameters and OAuth2 of FastAPI": clean(async ({ fetch, frame, equal }) => {
      frame().document.cookie = "ads_id=7; path=/";
      equal(await (await fetch("/parameter")).json(), { ads_id: "7" });
      equal((await fetch("/me")).status, 401);
      const body = new URLSearchParams({ username: "ada", password: "secret" });
      const { access_token } = await (await fetch("/token", { method: "POST", body })).json();
      const answer = await fetch("/me", { headers: { authorization: `Bearer ${access_token}` } });
      equal(await answer.json(), { user: "ada" });
    }),

    "a form's POST comes with `Origin`, `Referer` and `Sec-Fetch` of the app's own site": async (tools) => {
      const { block, equal } = tools;
      const headers = JSON.parse(
        await navigated(tools, (window) => window.document.forms[0].submit(), "/headers"),
      );
      equal(
        ["host", "origin", "referer", "sec-fetch-site", "sec-fetch-mode"].map((name) => headers[name]),
        [location.host, location.origin, block.baseURL, "same-origin", "navigate"],
      );
      equal(headers["user-agent"], navigator.userAgent);
      equal(headers["upgrade-insecure-requests"], "1");
      equal(
        Object.keys(headers).filter((name) => name.startsWith("x-asgi")),
        [],
      );
    },

    "a link comes with `Referer`, without `Origin`": async (tools) => {
      const { block, equal } = tools;
      const headers = JSON.parse(
        await navigated(tools, (window) => window.document.getElementById("link").click(), "/headers"),
      );
      equal(
        ["origin", "referer", "sec-fetch-site"].map((name) => headers[name] ?? null),
        [null, block.baseURL, "same-origin"],
      );
    },

    "the address bar comes without `Referer`": async ({ load, frame, equal }) => {
      await load("/headers");
      const headers = JSON.parse(text(frame()));
      equal(
        ["origin", "referer", "sec-fetch-site", "sec-fetch-mode"].map((name) => headers[name] ?? null),
        [null, null, "none", "navigate"],
      );
      equal(headers.accept.startsWith("text/html,"), true);
    },

    "`fetch` comes with `Referer`, and `Origin` when it changes something": async ({
      block,
      fetch,
      equal,
    }) => {
      const headers = await (await fetch("/headers.json")).json();
      equal(
        ["origin", "referer", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest"].map(
          (name) => headers[name] ?? null,
        ),
        [null, block.baseURL, "same-origin", "cors", "empty"],
      );
      equal((headers["accept-language"] ?? "").startsWith(navigator.languages[0]), true);
      const posted = await (await fetch("/headers", { method: "POST" })).text();
      equal(posted.includes(`origin&quot;: &quot;${location.origin}&quot;`), true);
    },

    "a page that wants no `Referer` sent sends none": async ({ load, fetch, equal }) => {
      await load("/no-referrer");
      const headers = await (await fetch("/headers.json")).json();
      equal(headers.referer ?? null, null);
    },
  },
};
