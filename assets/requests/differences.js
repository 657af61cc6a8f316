// @ts-check
/**
 * What differs between a recorded answer and another one; what does not count: volatile.js.
 *
 * @import { HeaderPair, Json, RecordedAnswer } from "../types.d.ts"
 */

import { isJson } from "./answers.js";
import { isObject, jsonText, parseJson } from "./exact-json.js";
import { isTiming, steady } from "./volatile.js";

const MOST = 10;
const WIDTH = 70;

/**
 * In sentences.
 * @param {RecordedAnswer} recorded
 * @param {RecordedAnswer} answer
 * @returns {string[]} empty when they are equal
 */
export function differences(recorded, answer) {
  const all = [
    ...compared("status", `${recorded.status}`, `${answer.status}`),
    ...inHeaders(recorded.headers, answer.headers),
    ...inBodies(recorded, answer),
  ];
  const more = all.length - MOST;
  return more > 0 ? [...all.slice(0, MOST), `and ${more} more difference${more > 1 ? "s" : ""}`] : all;
}

/**
 * @param {string} where
 * @param {string | undefined} recorded as it is shown; undefined where there was nothing
 * @param {string | undefined} now
 */
function compared(where, recorded, now) {
  if (recorded === now) return [];
  const before = recorded === undefined ? "not recorded" : `${recorded} recorded`;
  return [`${where}: ${before}, ${now === undefined ? "missing now" : `${now} now`}`];
}

/**
 * @param {string} where
 * @param {string | undefined} recorded
 * @param {string | undefined} now
 */
function inTexts(where, recorded, now) {
  if (recorded !== undefined && now !== undefined && steady(recorded) === steady(now)) return [];
  return compared(where, quoted(recorded, now), quoted(now, recorded));
}

/**
 * The order of headers of different names has no meaning.
 * https://www.rfc-editor.org/rfc/rfc9110#section-5.3
 * @param {HeaderPair[]} recorded
 * @param {HeaderPair[]} now
 */
function inHeaders(recorded, now) {
  return paired(recorded, now).flatMap(([name, before, after]) =>
    isTiming(name) && before !== undefined && after !== undefined
      ? []
      : inTexts(`header ${name}`, before, after),
  );
}

/**
 * @param {RecordedAnswer} recorded
 * @param {RecordedAnswer} answer
 */
function inBodies(recorded, answer) {
  const ends = recorded.partial && !answer.partial ? ["body: went on when it was recorded, ends now"] : [];
  const goesOn = answer.partial && !recorded.partial ? ["body: ended when it was recorded, goes on now"] : [];
  return [...ends, ...goesOn, ...inContents(recorded, answer)];
}

/**
 * @param {RecordedAnswer} recorded
 * @param {RecordedAnswer} answer
 */
function inContents(recorded, answer) {
  const isCut = Boolean(recorded.partial || answer.partial);
  if (recorded.binary || answer.binary)
    return isCut && recorded.binary && answer.binary ? [] : inBytes(recorded, answer);
  const [before, after] = [recorded.body ?? "", answer.body ?? ""];
  if (isCut) return before && !after ? inLines([before], [""]) : inLines(...asFarAsBothGo(before, after));
  const isJsonNow = isJson(recorded.headers) || isJson(answer.headers);
  const [tree, other] = isJsonNow ? [parseJson(before), parseJson(after)] : [];
  if (tree === undefined || other === undefined) return inLines(before.split("\n"), after.split("\n"));
  return inJson("", tree, other);
}

/**
 * @param {RecordedAnswer} recorded
 * @param {RecordedAnswer} answer
 */
function inBytes({ binary: before }, { binary: after }) {
  if (before?.size !== after?.size) return compared("body", sizeOf(before), sizeOf(after));
  const areKnown = before?.sha256 && after?.sha256;
  return areKnown && before.sha256 !== after.sha256
    ? [`body: ${sizeOf(before)} as recorded, but others`]
    : [];
}

/** @param {RecordedAnswer["binary"]} binary */
function sizeOf(binary) {
  return binary ? `${binary.size} bytes` : "text";
}

/**
 * Where a stream is cut is chance, and so is what its last line holds.
 * @param {string} before
 * @param {string} after
 * @returns {[string[], string[]]}
 */
function asFarAsBothGo(before, after) {
  const length = Math.min(before.split("\n").length, after.split("\n").length);
  if (length > 1) return [before.split("\n").slice(0, length - 1), after.split("\n").slice(0, length - 1)];
  const characters = Math.min(before.length, after.length);
  return [[before.slice(0, characters)], [after.slice(0, characters)]];
}

/**
 * @param {string[]} recorded
 * @param {string[]} now
 */
function inLines(recorded, now) {
  // Editors take spaces from the ends of the lines in files of records.
  const [before, after] = [recorded, now].map((lines) => lines.map((line) => line.replace(/[ \t]+$/, "")));
  const length = Math.max(before.length, after.length);
  return Array.from({ length }).flatMap((_, index) =>
    inTexts(length > 1 ? `body, line ${index + 1}` : "body", before[index], after[index]),
  );
}

/**
 * @param {string} path https://www.rfc-editor.org/rfc/rfc6901
 * @param {Json | undefined} recorded
 * @param {Json | undefined} now
 * @returns {string[]}
 */
function inJson(path, recorded, now) {
  const where = path ? `body: ${path}` : "body";
  if (typeof recorded === "string" && typeof now === "string") return inTexts(where, recorded, now);
  const pairs = membersOf(recorded, now);
  if (!pairs) return compared(where, shown(recorded), shown(now));
  return pairs.flatMap(([key, before, after]) =>
    inJson(`${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, before, after),
  );
}

/**
 * Undefined for what is compared as a whole.
 * @param {Json | undefined} recorded
 * @param {Json | undefined} now
 * @returns {[key: string, before: Json | undefined, after: Json | undefined][] | undefined}
 */
function membersOf(recorded, now) {
  if (Array.isArray(recorded) && Array.isArray(now)) {
    const length = Math.max(recorded.length, now.length);
    return Array.from({ length }, (_, index) => [`${index}`, recorded[index], now[index]]);
  }
  if (isObject(recorded) && isObject(now)) return paired(Object.entries(recorded), Object.entries(now));
  return undefined;
}

/**
 * The values of the same name; names may be volatile, and may come several times.
 * @template Value
 * @param {[name: string, value: Value][]} recorded
 * @param {[name: string, value: Value][]} now
 * @returns {[name: string, before: Value | undefined, after: Value | undefined][]}
 */
function paired(recorded, now) {
  const after = numbered(now);
  const pairs = [...numbered(recorded)].map(([key, [name, value]]) => {
    const other = after.get(key)?.[1];
    after.delete(key);
    return /** @type {[string, Value, Value | undefined]} */ ([name, value, other]);
  });
  const added = [...after.values()].map(
    ([name, value]) => /** @type {[string, undefined, Value]} */ ([name, undefined, value]),
  );
  return [...pairs, ...added];
}

/**
 * @template Value
 * @param {[name: string, value: Value][]} entries
 */
function numbered(entries) {
  /** @type {Map<string, [name: string, value: Value]>} */
  const numbered = new Map();
  for (const entry of entries) {
    let key = steady(entry[0]);
    while (numbered.has(key)) key += "\0again";
    numbered.set(key, entry);
  }
  return numbered;
}

/**
 * The part of it that differs.
 * @param {string | undefined} text
 * @param {string} [other]
 */
function quoted(text, other = "") {
  if (text === undefined) return undefined;
  let at = 0;
  while (at < text.length && text[at] === other[at]) at += 1;
  return JSON.stringify(excerpt(text, at));
}

/** @param {Json | undefined} value */
function shown(value) {
  return value === undefined ? undefined : excerpt(jsonText(value), 0);
}

/**
 * @param {string} text
 * @param {number} at what it must hold
 */
function excerpt(text, at) {
  if (text.length <= WIDTH) return text;
  const start = Math.max(0, Math.min(at - WIDTH / 2, text.length - WIDTH));
  const end = start + WIDTH;
  return `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
}
