// @ts-check
/**
 * Which environments leave the store first.
 *
 * @typedef {object} KeptEnvironment
 * @property {string} key
 * @property {number} used when, in milliseconds since the epoch
 * @property {Map<string, number>} files URL to size in bytes
 */

/**
 * What may stay within a number of bytes: the environments that were used last, and their files, each of
 * which counts once.
 * @param {KeptEnvironment[]} environments
 * @param {number} budget bytes
 * @returns {Set<string>} keys and URLs
 */
export function retained(environments, budget) {
  /** @type {Set<string>} */
  const stays = new Set();
  let total = 0;
  for (const { key, files } of [...environments].sort((one, other) => other.used - one.used)) {
    for (const [url, size] of files) if (!stays.has(url)) total += size;
    if (total > budget) break; // whatever is older goes, too
    stays.add(key);
    for (const url of files.keys()) stays.add(url);
  }
  return stays;
}
