// @ts-check
/**
 * A command line for POSIX shells.
 *
 * Specification: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */

const PLAIN = /^[\w@%+=:,./-]+$/;
const WIDTH = 80;

/** @param {string} text */
export function word(text) {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * @param {string[][]} groups words that stay together; each is quoted here
 */
export function commandLine(groups) {
  const parts = groups.map((words) => words.map(word).join(" "));
  const line = parts.join(" ");
  return line.length <= WIDTH && !line.includes("\n") ? line : parts.join(" \\\n  ");
}
