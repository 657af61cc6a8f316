/**
 * Replays exchanges in a page of live blocks: `replay({ index, exchanges })` starts the block, asks and
 * stops it. A request travels as the app's own page would send it, through the service worker, unless
 * no page could: then the element asks (`direct`).
 */

const START_LIMIT = 120_000;
const ANSWER_LIMIT = 30_000;

export async function replay({ index, exchanges }) {
  const element = document.querySelectorAll("asgi-live")[index];
  const { promise: loaded, resolve } = Promise.withResolvers();
  // Not by its address alone: until then the page of the last start is there, and what that one asks never ends.
  const onLoad = ({ target }) => {
    if (target.contentDocument?.URL.startsWith(element.baseURL)) resolve();
  };
  element.shadowRoot.addEventListener("load", onLoad, { capture: true }); // a frame comes with the first start
  try {
    await bounded(element.start().then(() => loaded), START_LIMIT);
  } catch (error) {
    return { error: error.message.slice(-2_000) };
  } finally {
    element.shadowRoot.removeEventListener("load", onLoad, { capture: true });
  }
  try {
    const answers = [];
    for (const exchange of exchanges) answers.push(await bounded(answerOf(element, exchange), ANSWER_LIMIT));
    return { mount: element.baseURL, answers };
  } catch (error) {
    return { error: `${error}` };
  } finally {
    await element.stop();
  }
}

async function answerOf(element, { target, method, headers, body, direct }) {
  const { contentWindow: frame } = element.shadowRoot.querySelector("iframe");
  const ask = direct ? (url, init) => element.fetch(url, init) : frame.fetch.bind(frame);
  const url = direct ? target : element.baseURL.replace(/\/$/, "") + target;
  const content = body ? Uint8Array.from(atob(body), (character) => character.charCodeAt(0)) : undefined;
  const response = await ask(url, { method, headers, body: content, redirect: "manual" });
  const answer = new Uint8Array(await response.arrayBuffer());
  return {
    status: response.status,
    headers: response.rawHeaders ?? [...response.headers],
    body: btoa(Array.from(answer, (byte) => String.fromCharCode(byte)).join("")),
  };
}

function bounded(promise, limit) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end within ${limit} ms`)), limit);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
