// @ts-check
/**
 * What leaves the store first.
 *
 * @typedef {object} KeptEnvironment
 * @property {string} key
 * @property {number} used when, in milliseconds since the epoch
 * @property {Map<string, number>} files URL to size in bytes
 *
 * @typedef {object} KeptSnapshot
 * @property {string} key
 * @property {string} environment its key
 * @property {number} size in bytes
 */

/**
 * What may stay within a number of bytes: the environments that were used last, and their files, each of
 * which counts once; then, in what is left, the snapshots of those that were used last. A snapshot saves
 * time, a file saves a download.
 * @param {KeptEnvironment[]} environments
 * @param {number} budget bytes
 * @param {KeptSnapshot[]} [snapshots]
 * @returns {Set<string>} keys and URLs
 */
export function retained(environments, budget, snapshots = []) {
  /** @type {Set<string>} */
  const stays = new Set();
  const newest = [...environments].sort((one, other) => other.used - one.used);
  let total = 0;
  let left = budget;
  for (const { key, files } of newest) {
    for (const [url, size] of files) if (!stays.has(url)) total += size;
    if (total > budget) break; // whatever is older goes, too
    left = budget - total;
    stays.add(key);
    for (const url of files.keys()) stays.add(url);
  }
  for (const { key } of newest) {
    if (!stays.has(key)) break;
    for (const snapshot of snapshots) {
      if (snapshot.environment !== key || snapshot.size > left) continue;
      left -= snapshot.size;
      stays.add(snapshot.key);
    }
  }
  return stays;
}
