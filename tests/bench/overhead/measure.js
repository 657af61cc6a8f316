/** Times requests; the same for each way that leads to an app. */

const REQUESTS = 500;
const BODIES = 5;

/**
 * @param {(path: string, init?: RequestInit) => Promise<Response>} ask
 * @returns milliseconds of each small request, and MB/s down and up
 */
export async function measure(ask, { upload = true } = {}) {
  for (let number = 0; number < 50; number += 1) await (await ask("")).json();
  const times = [];
  for (let number = 0; number < REQUESTS; number += 1) {
    const start = performance.now();
    await (await ask("")).json();
    times.push(performance.now() - start);
  }
  const down = [];
  const up = [];
  for (let number = 0; number < BODIES; number += 1) {
    let start = performance.now();
    const body = await (await ask("body")).arrayBuffer();
    down.push(body.byteLength / 1e3 / (performance.now() - start));
    if (!upload) continue;
    start = performance.now();
    const { size } = await (await ask("body", { method: "POST", body })).json();
    if (size !== body.byteLength) throw new Error(`${size} bytes have come`);
    up.push(body.byteLength / 1e3 / (performance.now() - start));
  }
  return { times, down, up };
}

// In a frame of another origin: tells its parent.
if (parent !== window && location.pathname === "/frame") {
  measure((path, init) => fetch(`/${path}`, init)).then(
    (result) => parent.postMessage(result, "*"),
    (error) => parent.postMessage({ error: `${error}` }, "*"),
  );
}
