// @ts-check
/** What the reader's device can spare. Not every engine tells; those that do not are taken to have plenty. */

/** Gigabytes of memory up to which a device has better uses for it. */
const SMALL_MEMORY = 2;

/** https://wicg.github.io/savedata/ */
export function savesData() {
  /** @type {Navigator & { connection?: { saveData?: boolean } }} */
  const { connection } = navigator;
  return connection?.saveData === true;
}

/** https://www.w3.org/TR/device-memory/ */
export function hasLittleMemory() {
  /** @type {Navigator & { deviceMemory?: number }} */
  const { deviceMemory = Number.POSITIVE_INFINITY } = navigator;
  return deviceMemory <= SMALL_MEMORY;
}
