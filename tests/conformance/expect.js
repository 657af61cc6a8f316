/** What checks state; each throws an Error that says what was seen instead. */

/** @param {unknown} value */
const shown = (value) =>
  JSON.stringify(value, (_, part) => (ArrayBuffer.isView(part) ? [...part] : part)) ?? String(value);

/** Deep equality of JSON-like values and of typed arrays. */
export function equal(actual, expected) {
  if (shown(actual) !== shown(expected)) {
    throw new Error(`expected ${shown(expected).slice(0, 1000)}, got ${shown(actual).slice(0, 1000)}`);
  }
}

export function ok(value, message = "not true") {
  if (!value) throw new Error(message);
}

/** Waits for what no event tells; gives what the predicate gave. */
export async function until(predicate, limit = 10_000) {
  const end = performance.now() + limit;
  for (;;) {
    const value = await predicate();
    if (value) return value;
    if (performance.now() > end) throw new Error(`never came true: ${predicate}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The promise, or an Error when it takes longer. */
export function within(milliseconds, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
