// @ts-check

/**
 * `Promise.withResolvers`, which browsers have since 2024 only. A rejection that nobody awaits yet is no error.
 * @returns {{ promise: Promise<void>, resolve: () => void, reject: (reason: Error) => void }}
 */
export function withResolvers() {
  /** @type {() => void} */ let resolve = () => {};
  /** @type {(reason: Error) => void} */ let reject = () => {};
  /** @type {Promise<void>} */
  const promise = new Promise((...functions) => {
    [resolve, reject] = functions;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}
