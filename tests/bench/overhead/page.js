/** Measures every way to the app, one after the other, and tells the server. */

import { measure } from "./measure.js";

const element = document.querySelector("asgi-live");
const { uvicorn } = Object.fromEntries(new URLSearchParams(location.search));

const results = {};
try {
  await customElements.whenDefined("asgi-live");
  await element.start();
  const preview = element.shadowRoot.querySelector("iframe");
  await until(() => preview.contentDocument?.readyState === "complete" && preview.contentWindow.location.href.startsWith(element.baseURL));
  const { contentWindow } = preview;
  results["live block"] = await measure((path, init) => contentWindow.fetch(element.baseURL + path, init));
  results["live block, without service worker"] = await measure((path, init) => element.fetch(`/${path}`, init));
  results["service worker, constant"] = await constant();
  results["uvicorn on loopback"] = await loopback();
} catch (error) {
  results.error = `${error}\n${error.stack}`;
}
await fetch("/result", { method: "POST", body: JSON.stringify(results) });

async function constant() {
  const scope = new URL("constant/", location.href);
  const registration = await navigator.serviceWorker.register("constant.js", { scope });
  const worker = registration.active ?? registration.installing ?? registration.waiting;
  await until(() => worker.state === "activated");
  const frame = document.body.appendChild(document.createElement("iframe"));
  frame.src = `${scope}frame`;
  await new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  return measure((path) => frame.contentWindow.fetch(new URL(path, scope)), { upload: false });
}

function loopback() {
  const frame = document.body.appendChild(document.createElement("iframe"));
  frame.src = `${uvicorn}frame`;
  return new Promise((resolve, reject) =>
    addEventListener("message", ({ data }) => {
      if (data.times) resolve(data);
      else if (data.error) reject(new Error(data.error));
    }),
  );
}

async function until(predicate) {
  while (!predicate()) await new Promise(requestAnimationFrame);
}
