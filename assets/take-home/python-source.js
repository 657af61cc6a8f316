// @ts-check
/** Python source. */

/** @param {string} text */
export function pythonText(text) {
  return JSON.stringify(text); // the escapes of JSON mean the same in Python
}

/** @param {Record<string, string>} mapping */
export function pythonDict(mapping) {
  const entries = Object.entries(mapping).map(([key, value]) => `${pythonText(key)}: ${pythonText(value)}`);
  return `{${entries.join(", ")}}`;
}

/**
 * Which packages a script needs: https://packaging.python.org/en/latest/specifications/inline-script-metadata/
 * @param {string[]} requires
 */
export function scriptHeader(requires) {
  return [
    "# /// script",
    '# requires-python = ">=3.10"',
    "# dependencies = [",
    ...requires.map((each) => `#   ${JSON.stringify(each)},`),
    "# ]",
    "# ///",
  ];
}
