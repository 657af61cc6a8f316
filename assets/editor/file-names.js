// @ts-check
/** Which names the reader may give to a file of the app. */

import { texts } from "./texts.js";

const LONGEST = 200;
const words = texts.wrongName;

/**
 * What is wrong with a path for a file, if anything.
 * @param {string} path
 * @param {string[]} taken paths of the other files
 * @returns {string | null}
 */
export function problemWith(path, taken) {
  if (!path) return words.empty;
  if (path.length > LONGEST) return words.long;
  if (path.startsWith("/") || path.startsWith("~")) return words.absolute;
  if (/[\\:\p{Cc}]/u.test(path)) return words.characters;
  if (path.split("/").some((part) => ["", ".", ".."].includes(part.trim()))) return words.parent;
  for (const other of taken) {
    if (other === path) return words.taken(path);
    if (path.startsWith(`${other}/`)) return words.folder(other);
    if (other.startsWith(`${path}/`)) return words.folder(path);
  }
  return null;
}
