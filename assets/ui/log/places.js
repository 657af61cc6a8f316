// @ts-check
/**
 * Where a line of output names a line of the app's code.
 *
 * @typedef {{ file: string, line: number }} Place `file` as the block names it
 * @typedef {Place & { begin: number, end: number }} Mention
 */

/** Where the app's files stand (asgi_docs/runtime/bridge.py). */
const FOLDER = "/app/";

// Of tracebacks, and as warnings and others write it.
const MENTIONS = /File "\/app\/([^"]+)", line (\d+)|(?<![\w/.-])\/app\/([^\s:"'()]+):(\d+)(?::\d+)?/g;

/**
 * @param {string} text
 * @param {(file: string) => boolean} isOwn whether the block has the file
 * @returns {Mention[]}
 */
export function mentions(text, isOwn) {
  if (!text.includes(FOLDER)) return [];
  return [...text.matchAll(MENTIONS)].flatMap((match) => {
    const file = match[1] ?? match[3];
    const line = Number(match[2] ?? match[4]);
    return isOwn(file) ? [{ file, line, begin: match.index, end: match.index + match[0].length }] : [];
  });
}

const FRAME = /^([\s|+-]*)File "([^"]+)", line \d+, in /;
// Greedy: of "/lib/python3.14/site-packages/starlette/…" the last folder counts.
const LIBRARY = /^(?:.*\/(?:site-packages|python3\.\d+)\/|<frozen )([^/.>]+)/;

/**
 * The frame of a traceback that a line begins.
 * @param {string} line
 * @returns {{ indent: number, isLibrary: boolean, package: string | undefined } | null}
 */
export function frameOf(line) {
  const match = FRAME.exec(line);
  if (!match) return null;
  const [, before, path] = match;
  const name = path.startsWith(FOLDER) ? undefined : LIBRARY.exec(path)?.[1];
  return { indent: before.length, isLibrary: name !== undefined, package: name };
}
