// @ts-check
/**
 * The block that another one goes on from.
 *
 * @import { BlockData } from "../types.d.ts"
 */

/**
 * What its author wrote; null where it is not on the page.
 * @param {HTMLElement} block
 * @param {BlockData} data the block's
 * @returns {BlockData | null}
 */
export function stepBefore(block, { since }) {
  /** @type {HTMLElement[]} */
  const blocks = [...block.ownerDocument.querySelectorAll("asgi-live")].map(
    (each) => /** @type {HTMLElement} */ (each),
  );
  const earlier = blocks
    .slice(0, blocks.indexOf(block))
    .map((each) => JSON.parse(each.dataset.block ?? "{}"));
  return earlier.reverse().find((each) => each.source === since) ?? null;
}

/** @param {BlockData} data */
export function withEntry(data) {
  return { ...data, entry: `${data.app.split(":")[0].replaceAll(".", "/")}.py` };
}
