/** A page of the app with any HTML in it. */
const page = (body, { head = "", headers = [] } = {}) =>
  `/page?${new URLSearchParams([["head", head], ["body", body], ...headers.map((header) => ["header", header])])}`;

/** Any content below `/anything`. */
const anything = (type, content, name = "") => `/anything/${name}?${new URLSearchParams({ type, content })}`;

const redirect = (status, to) => `/redirect/${status}?${new URLSearchParams({ to })}`;

/** Waits until a window of the app shows a path, and gives what `/seen` has seen. */
async function arrived({ block, frame, until }, path, target = frame) {
  const url = new URL(path.slice(1), block.baseURL).href;
  await until(() => {
    const shown = target();
    return shown?.document?.readyState === "complete" && shown.location.href === url;
  });
  return JSON.parse(target().document.querySelector("#seen")?.textContent ?? "null");
}

/** Loads a page with this HTML, does something in it and waits for where it leads. */
async function leads(tools, html, action, path) {
  await tools.load(page(html));
  await action(tools.frame().document, tools.frame());
  return arrived(tools, path);
}

const click = (selector) => (document) =>
  document
    .querySelector(selector)
    .dispatchEvent(
      new document.defaultView.MouseEvent("click", { bubbles: true, cancelable: true, composed: true }),
    );

/** Whether the app was asked for a path. */
const wasAsked = ({ fetch, until }, path) =>
  until(async () => (await (await fetch("/asked")).json()).includes(path));

const key = (name) => `${name}-${Math.random().toString(36).slice(2)}`;

export default {
  title: "Mounting",
  checks: {
    "a navigation follows 301, 302, 303, 307 and 308 to a root-absolute path": async (tools) => {
      for (const status of [301, 302, 303, 307, 308]) {
        await tools.load(redirect(status, `/seen?${status}`));
        tools.equal((await arrived(tools, `/seen?${status}`)).query, String(status));
      }
    },

    "fetch follows 301, 302, 303, 307 and 308 to a root-absolute path": async ({ block, fetch, equal }) => {
      for (const status of [301, 302, 303, 307, 308]) {
        const response = await fetch(redirect(status, `/echo?${status}`));
        equal((await response.json()).query, String(status));
        equal(response.url, `${block.baseURL}echo?${status}`);
      }
    },

    "a redirect to a relative path, query or fragment": async (tools) => {
      await tools.load(`/a/b${redirect(302, "../../../seen?r")}`);
      await arrived(tools, "/seen?r");
      await tools.load(redirect(302, "../seen#here"));
      await arrived(tools, "/seen#here");
      await tools.load(`${redirect(302, "../seen")}#kept`);
      await arrived(tools, "/seen#kept");
    },

    "a redirect above the root stays at the root": async (tools) => {
      await tools.load(redirect(302, "../../../seen?above"));
      await arrived(tools, "/seen?above");
    },

    "a redirect to a full URL of the app's": async (tools) => {
      const { origin, host } = new URL(tools.block.baseURL);
      const hosts = [
        origin,
        `//${host}`,
        "http://localhost:8000",
        "http://127.0.0.1:5000",
        "http://testserver",
      ];
      for (const [number, start] of hosts.entries()) {
        await tools.load(redirect(307, `${start}/seen?${number}`));
        await arrived(tools, `/seen?${number}`);
        const response = await tools.fetch(redirect(307, `${start}/echo`));
        tools.equal(response.url, `${tools.block.baseURL}echo`);
      }
    },

    "a redirect to a path with other characters than ASCII": async (tools) => {
      await tools.load(redirect(303, "/seen/café?q=ñ"));
      tools.equal((await arrived(tools, "/seen/caf%C3%A9?q=%C3%B1")).path, "/seen/café");
    },

    "a redirect without a Location is a page": async (tools) => {
      await tools.load("/redirect/302");
      tools.equal(tools.frame().document.body.textContent, "the redirect's body");
      const response = await tools.fetch("/redirect/302");
      tools.equal([response.status, response.redirected], [302, false]);
    },

    "a redirect with an empty Location does not lead to itself": async ({ fetch, equal }) => {
      const response = await fetch(redirect(302, ""));
      equal([response.status, await response.text()], [302, "the redirect's body"]);
    },

    "303 makes a GET of a POST": async (tools) => {
      const came = await (await tools.fetch(redirect(303, "/echo"), { method: "POST", body: "a=1" })).json();
      tools.equal([came.method, came.body], ["GET", ""]);
      const form = `<form method=post action="${redirect(303, "/seen")}"><input name=a value=1></form>`;
      const seen = await leads(tools, form, (document) => document.forms[0].requestSubmit(), "/seen");
      tools.equal([seen.method, seen.body], ["GET", ""]);
    },

    "307 and 308 keep method and body": async (tools) => {
      for (const status of [307, 308]) {
        const to = redirect(status, `/echo?${status}`);
        const came = await (await tools.fetch(to, { method: "POST", body: "a=1" })).json();
        tools.equal([came.method, came.body], ["POST", "a=1"]);
        const form = `<form method=post action="${redirect(status, `/seen?${status}`)}"><input name=a value=1></form>`;
        const submit = (document) => document.forms[0].requestSubmit();
        const seen = await leads(tools, form, submit, `/seen?${status}`);
        tools.equal([seen.method, seen.body], ["POST", "a=1"]);
      }
    },

    "fetch can see that there is a redirect, or refuse it": async ({ fetch, equal }) => {
      const manual = await fetch(redirect(302, "/echo"), { redirect: "manual" });
      equal([manual.type, manual.status], ["opaqueredirect", 0]);
      const refused = await fetch(redirect(302, "/echo"), { redirect: "error" }).catch((error) => error.name);
      equal(refused, "TypeError");
    },

    "a redirect to another site does not replace the app": async (tools) => {
      await tools.load(redirect(302, "https://elsewhere.example/page"));
      const link = tools.frame().document.querySelector("a");
      tools.equal(
        [link.href, link.target, link.relList.contains("noopener")],
        ["https://elsewhere.example/page", "_blank", true],
      );
    },

    "the header Refresh": async (tools) => {
      tools.frame().location.href =
        tools.block.baseURL + page("x", { headers: ["Refresh: 0; url=/seen?refresh"] }).slice(1);
      await arrived(tools, "/seen?refresh");
    },

    "<meta http-equiv=refresh>": async (tools) => {
      const head = `<meta http-equiv="refresh" content="0; url=/seen?meta">`;
      tools.frame().location.href = tools.block.baseURL + page("x", { head }).slice(1);
      await arrived(tools, "/seen?meta");
    },

    "the header Link preloads from the app": async (tools) => {
      const name = key("preloaded.css");
      const header = `Link: </anything/${name}?type=text/css&content=>; rel=preload; as=style`;
      await tools.load(page("x", { headers: [header] }));
      await wasAsked(tools, `/anything/${name}`);
    },

    "a doubled prefix collapses": async (tools) => {
      const { pathname } = new URL(tools.block.baseURL);
      const doubled = `${pathname}${pathname.slice(1)}`;
      await tools.load(`${pathname}seen?navigation`);
      await arrived(tools, "/seen?navigation");
      await tools.load(redirect(302, `${doubled}seen?redirect`));
      await arrived(tools, "/seen?redirect");
      tools.equal((await (await tools.fetch(`${doubled}echo`)).json()).path, "/echo");
      await leads(tools, `<a href="${doubled}seen?link">x</a>`, click("a"), "/seen?link");
    },

    "a root-absolute link": async (tools) => {
      await leads(tools, `<a href="/seen?a"><b>x</b></a>`, click("b"), "/seen?a");
    },

    "a link to the app's hard-coded address": async (tools) => {
      await leads(tools, `<a href="http://localhost:8000/seen?a">x</a>`, click("a"), "/seen?a");
    },

    "a link above the root": async (tools) => {
      await leads(tools, `<a href="../../seen?a">x</a>`, click("a"), "/seen?a");
    },

    "an <area>": async (tools) => {
      const map = `<map name=m><area href="/seen?area" shape=default></map><img usemap=#m src="data:,">`;
      await leads(tools, map, click("area"), "/seen?area");
    },

    "a link in SVG, by href and xlink:href": async (tools) => {
      for (const name of ["href", "xlink:href"]) {
        const svg = `<svg><a ${name}="/seen?svg"><text>x</text></a></svg>`;
        await leads(tools, svg, click("text"), "/seen?svg");
      }
    },

    "a link that is added later": async (tools) => {
      const add = (document) => {
        document.body.innerHTML = `<a href="/seen?later">x</a>`;
        document.querySelector("a").click();
      };
      await leads(tools, "", add, "/seen?later");
    },

    "a link in open and closed shadow trees": async (tools) => {
      for (const mode of ["open", "closed"]) {
        const add = (document) => {
          const root = document.body.attachShadow({ mode });
          root.innerHTML = `<a href="/seen?${mode}">x</a>`;
          root.querySelector("a").click();
        };
        await leads(tools, "", add, `/seen?${mode}`);
      }
    },

    "a form in a shadow tree": async (tools) => {
      const add = (document) => {
        const root = document.body.attachShadow({ mode: "closed" });
        root.innerHTML = `<form method=post action="/seen?shadow"><input name=a value=1></form>`;
        root.querySelector("form").requestSubmit();
      };
      tools.equal((await leads(tools, "", add, "/seen?shadow")).body, "a=1");
    },

    "<base> with a path, the docs' origin or the app's hard-coded address": async (tools) => {
      for (const base of ["/", location.origin, "http://localhost:8000/"]) {
        await tools.load(
          page(`<a href="seen?link">x</a><form action="seen"><input name=a></form>`, {
            head: `<base href="${base}">`,
          }),
        );
        click("a")(tools.frame().document);
        await arrived(tools, "/seen?link");
        await tools.load(
          page(`<form action="seen"><input name=a></form><img src="anything/${key("x")}">`, {
            head: `<base href="${base}">`,
          }),
        );
        tools.frame().document.forms[0].requestSubmit();
        await arrived(tools, "/seen?a=");
      }
    },

    "<base target=_top>": async (tools) => {
      await tools.load(page(`<a href="/seen?top">x</a>`, { head: "<base target=_top>" }));
      click("a")(tools.frame().document);
      await arrived(tools, "/seen?top");
    },

    "targets _top and _parent mean the preview": async (tools) => {
      for (const target of ["_top", "_parent", "_TOP"]) {
        await leads(tools, `<a href="/seen?a" target=${target}>x</a>`, click("a"), "/seen?a");
        await leads(
          tools,
          `<form action="/seen" target=${target}><button name=a>`,
          click("button"),
          "/seen?a=",
        );
        await leads(
          tools,
          `<form action="/seen"><button name=a formtarget=${target}>`,
          click("button"),
          "/seen?a=",
        );
      }
    },

    "a link to another site opens in a new tab": async ({ load, frame, equal }) => {
      await load(page(`<a href="https://elsewhere.example/" rel=nofollow>x</a>`));
      const link = frame().document.querySelector("a");
      // What the browser would do is not wanted here: the proxy of the tests knows no other site.
      frame().addEventListener("click", (event) => event.preventDefault());
      link.click();
      equal(
        [link.target, link.rel, link.href],
        ["_blank", "nofollow noopener", "https://elsewhere.example/"],
      );
    },

    "links that are no pages stay as they are": async ({ load, frame, equal }) => {
      const hrefs = [
        "javascript:void 0",
        "mailto:a@example.com",
        "tel:+1",
        "blob:x",
        "data:,x",
        "#x",
        "",
        "relative?x",
      ];
      await load(page(hrefs.map((href) => `<a href="${href}">x</a>`).join("")));
      frame().addEventListener("click", (event) => event.preventDefault());
      const links = [...frame().document.links];
      for (const link of links) link.click();
      equal(
        links.map((link) => link.getAttribute("href")),
        hrefs,
      );
      equal(
        links.map((link) => link.getAttribute("target")),
        hrefs.map(() => null),
      );
    },

    "a GET form replaces its action's query": async (tools) => {
      const form = `<form action="/seen?old=1"><input name=new value=2></form>`;
      await leads(tools, form, (document) => document.forms[0].requestSubmit(), "/seen?new=2");
    },

    "a POST form, by a button with formaction": async (tools) => {
      const form = `<form method=post action="/nowhere"><button formaction="/seen?to" name=a value=1>`;
      tools.equal((await leads(tools, form, click("button"), "/seen?to")).body, "a=1");
    },

    "form.submit()": async (tools) => {
      const form = `<form method=post action="/seen?submit"><input name=action value=1></form>`;
      const seen = await leads(tools, form, (document) => document.forms[0].submit(), "/seen?submit");
      tools.equal([seen.method, seen.body], ["POST", "action=1"]);
    },

    "a form without an action, after history.pushState()": async (tools) => {
      const submit = (document, frame) => {
        frame.history.pushState(null, "", "/seen");
        document.forms[0].requestSubmit();
      };
      await leads(tools, "<form><input name=a value=1></form>", submit, "/seen?a=1");
    },

    "a dialog's form only closes the dialog": async ({ load, frame, until, equal }) => {
      await load(page(`<dialog open><form method=dialog action="/seen"><button value=ok></form></dialog>`));
      const { document } = frame();
      document.querySelector("button").click();
      await until(() => !document.querySelector("dialog").open);
      equal(document.forms[0].getAttribute("action"), "/seen");
    },

    "location.href, assign(), replace() and pathname": async (tools) => {
      await leads(
        tools,
        "",
        (_, frame) => Object.assign(frame.location, { href: "/seen?href" }),
        "/seen?href",
      );
      await leads(tools, "", (_, { location }) => location.assign("/seen?assign"), "/seen?assign");
      await leads(tools, "", (_, { location }) => location.replace("/seen?replace"), "/seen?replace");
      await tools.load(page("").replace("/page?", "/page?x"));
      tools.frame().location.pathname = "/seen";
      await tools.until(() => tools.frame().location.pathname.endsWith("/seen"));
    },

    "navigation.navigate()": async (tools) => {
      await leads(
        tools,
        "",
        (_, { navigation }) => void navigation.navigate("/seen?navigate"),
        "/seen?navigate",
      );
    },

    "history.pushState() and replaceState()": async ({ block, load, frame, equal, until, fetch }) => {
      await load(page(""));
      const { history, location } = frame();
      history.pushState({ at: 1 }, "", "/pushed?x");
      equal(location.href, `${block.baseURL}pushed?x`);
      history.replaceState(null, "", "http://localhost:8000/replaced");
      equal(location.href, `${block.baseURL}replaced`);
      history.pushState(null, "", "next");
      equal(location.href, `${block.baseURL}next`);
      const address = block.shadowRoot.querySelector("input[aria-label]");
      await until(() => address.value === "/next");
      equal((await (await fetch("/echo?after")).json()).query, "after");
    },

    "window.open() with the preview as its target": async (tools) => {
      for (const target of ["_self", "_top", "_parent"]) {
        await leads(tools, "", (_, frame) => void frame.open("/seen?open", target), "/seen?open");
      }
    },

    "parent is the app's own window, as it is on a server": async ({ frame, equal }) => {
      equal([frame().parent === frame(), frame().frameElement], [true, null]);
    },

    "top.location brings the preview there, not the documentation": async (tools) => {
      // Without the Navigation API the page of the checks would be gone.
      if (tools.engine === "webkit") throw new Error("not tried");
      for (const [assignment, path] of [
        ["top.location = '/seen?top'", "/seen?top"],
        ["top.location.href = self.location.href.replace('page', 'seen')", null],
        ["top.location.replace('http://localhost:8000/seen?replace')", "/seen?replace"],
      ]) {
        await tools.load(page(`<button onclick="${assignment}">x</button>`));
        const to = path ?? tools.frame().location.href.replace(tools.block.baseURL, "/").replace("page", "seen");
        tools.frame().document.querySelector("button").click();
        await arrived(tools, to);
      }
    },

    "document.referrer is a page of the app, or nothing": async (tools) => {
      tools.equal(tools.frame().document.referrer, "");
      await leads(tools, `<a href="/seen?a">x</a>`, click("a"), "/seen?a");
      tools.ok(tools.frame().document.referrer.startsWith(`${tools.block.baseURL}page`));
    },

    "scripts, styles, images and fonts": async (tools) => {
      const css = `@import "/anything/imported.css?type=text/css&content=b{color:rgb(4,5,6)}";
        @font-face{font-family:f;src:url(/anything/font)} p{font-family:f;background:url("/anything/in-style.png");color:rgb(1,2,3)}`;
      await tools.load(
        page(
          `<p>x<b>y</b><img src="/anything/image.png"><script src="${anything("text/javascript", "ran=1", "s.js")}"></script>`,
          {
            head: `<link rel=stylesheet href="${anything("text/css", css, "main.css").replaceAll("&", "&amp;").replaceAll('"', "&quot;")}">`,
          },
        ),
      );
      const { document } = tools.frame();
      const color = (name) => tools.frame().getComputedStyle(document.querySelector(name)).color;
      tools.equal([color("p"), color("b"), tools.frame().ran], ["rgb(1, 2, 3)", "rgb(4, 5, 6)", 1]);
      for (const name of ["image.png", "in-style.png", "font"]) await wasAsked(tools, `/anything/${name}`);
    },

    "module imports, dynamic imports and import maps": async ({ load, frame, until, equal }) => {
      const leaf = (value) => anything("text/javascript", `export default ${value}`, `leaf${value}.js`);
      const main = anything(
        "text/javascript",
        `import one from "${leaf(1)}"; import two from "mapped"; import("${leaf(3)}").then(({default: three}) => { globalThis.found = [one, two, three] })`,
        "main.js",
      );
      await load(
        page(
          `<script type=module src="${main.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"></script>`,
          {
            head: `<script type=importmap>${JSON.stringify({ imports: { mapped: leaf(2) } })}</script>`,
          },
        ),
      );
      equal(await until(() => frame().found), [1, 2, 3]);
    },

    "preload and modulepreload": async (tools) => {
      const names = [key("preload.js"), key("module.js")];
      await tools.load(
        page("x", {
          head: `<link rel=preload as=script href="/anything/${names[0]}?type=text/javascript&amp;content=1">
            <link rel=modulepreload href="/anything/${names[1]}?type=text/javascript&amp;content=1">`,
        }),
      );
      for (const name of names) await wasAsked(tools, `/anything/${name}`);
    },

    "fetch, XMLHttpRequest, EventSource and sendBeacon": async (tools) => {
      const { XMLHttpRequest, EventSource, navigator } = tools.frame();
      for (const start of ["", "http://localhost:8000"]) {
        tools.equal((await (await tools.fetch(`${start}/echo?f`)).json()).query, "f");
        const request = new XMLHttpRequest();
        request.open("GET", `${start}/echo?x`);
        request.send();
        await tools.until(() => request.readyState === 4);
        tools.equal(JSON.parse(request.responseText).query, "x");
        const source = new EventSource(start + anything("text/event-stream", "data: 1\n\n"));
        tools.equal(
          await new Promise((resolve) => source.addEventListener("message", ({ data }) => resolve(data))),
          "1",
        );
        source.close();
        const name = key("beacon");
        navigator.sendBeacon(`${start}/seen/${name}`, "x");
        await wasAsked(tools, `/seen/${name}`);
      }
    },

    "a nested frame with a root-absolute URL": async (tools) => {
      await tools.load(page(`<iframe src="/seen?nested"></iframe>`));
      await arrived(tools, "/seen?nested", () => tools.frame()[0]);
    },

    "a nested frame made by a script": async (tools) => {
      for (const set of [
        (frame) => (frame.src = "/seen?made"),
        (frame) => frame.setAttribute("src", "/seen?made"),
      ]) {
        await tools.load(page(""));
        const { document } = tools.frame();
        const nested = document.createElement("iframe");
        set(nested);
        tools.equal(nested.src, `${tools.block.baseURL}seen?made`);
        document.body.append(nested);
        await arrived(tools, "/seen?made", () => tools.frame()[0]);
      }
    },

    "a nested frame that scripts navigate": async (tools) => {
      await tools.load(page(`<iframe></iframe>`));
      const nested = () => tools.frame()[0];
      nested().location.href = "/seen?by-location";
      await arrived(tools, "/seen?by-location", nested);
      // More often than a frame is brought back in a row.
      for (const path of ["/seen?2", "/seen?3", "/seen?4", "/seen?5", "/seen?6"]) {
        nested().location.href = path;
        await arrived(tools, path, nested);
      }
    },

    "a link that targets a nested frame": async (tools) => {
      await tools.load(page(`<iframe name=inner></iframe><a href="/seen?inner" target=inner>x</a>`));
      click("a")(tools.frame().document);
      await arrived(tools, "/seen?inner", () => tools.frame()[0]);
    },

    "a nested frame in a nested frame": async (tools) => {
      const inner = page(`<iframe src="/seen?deep"></iframe>`).replaceAll('"', "&quot;");
      await tools.load(page(`<iframe src="${inner}"></iframe>`));
      await tools.until(() => tools.frame()[0]?.[0]);
      await arrived(tools, "/seen?deep", () => tools.frame()[0]?.[0]);
    },

    "_top in a nested frame is the preview": async (tools) => {
      const inner = page(`<a href="/seen?top" target=_top>x</a>`).replaceAll('"', "&quot;");
      await tools.load(page(`<iframe src="${inner}"></iframe>`));
      await tools.until(() => tools.frame()[0]?.document.querySelector("a"));
      click("a")(tools.frame()[0].document);
      await arrived(tools, "/seen?top");
    },

    "a srcdoc frame: its links, forms and sub-requests": async (tools) => {
      const name = key("image");
      const html = `<a href='/seen?link'>x</a><form action='/seen'><input name=a></form><img src='/anything/${name}'>`;
      const nested = () => tools.frame()[0];
      await tools.load(page(`<iframe srcdoc="${html}"></iframe>`));
      await tools.until(() => nested()?.document.querySelector("img"));
      await wasAsked(tools, `/anything/${name}`);
      tools.equal((await (await nested().fetch("/echo?srcdoc")).json()).query, "srcdoc");
      click("a")(nested().document);
      await arrived(tools, "/seen?link", nested);
      await tools.load(page(""));
      const frame = tools.frame().document.createElement("iframe");
      frame.srcdoc = html;
      tools.frame().document.body.append(frame);
      await tools.until(() => nested()?.document.forms[0]);
      nested().document.forms[0].requestSubmit();
      await arrived(tools, "/seen?a=", nested);
    },

    "a frame that is written by document.write()": async (tools) => {
      await tools.load(page(`<iframe></iframe>`));
      const nested = () => tools.frame()[0];
      const { document } = nested();
      document.open();
      document.write(`<a href="/seen?written">x</a>`);
      document.close();
      await tools.until(() => nested().document.readyState === "complete");
      click("a")(nested().document);
      await arrived(tools, "/seen?written", nested);
    },

    "a page in an <object>": async (tools) => {
      await tools.load(page(`<object id=o data="/seen?object"></object>`));
      await arrived(tools, "/seen?object", () => tools.frame().document.querySelector("#o")?.contentWindow);
    },

    "drawings in <object> and <embed>": async (tools) => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" id="drawing"/>`;
      const url = anything("image/svg+xml", svg, "drawing.svg").replaceAll('"', "&quot;");
      await tools.load(page(`<object data="${url}"></object><embed src="${url}">`));
      const { document } = tools.frame();
      for (const name of ["object", "embed"]) {
        await tools.until(
          () => document.querySelector(name).getSVGDocument()?.documentElement.id === "drawing",
        );
      }
    },
  },
  known: {
    webkit: {
      "top.location brings the preview there, not the documentation": "the documentation page goes there",
      "navigation.navigate()": "WebKitGTK 2.50 has no Navigation API",
    },
  },
};
