// @ts-check
/**
 * The language of the page, and the texts in it. A table of languages/ replaces the English words in place, so that
 * whoever holds them has the new ones; where it cannot be had, they stay English.
 */

const LANGUAGES = ["de", "es", "fr", "ja", "pt", "zh"];

/** Of the page, if there are tables in it; a worker has none, and is told. */
export function pageLanguage() {
  const page = /** @type {any} */ (globalThis).document;
  const [primary] = String(page?.documentElement.lang ?? "")
    .toLowerCase()
    .split("-");
  return LANGUAGES.includes(primary) ? primary : null;
}

/**
 * @param {object} texts in English
 * @param {string} table
 * @param {string | null} [language]
 */
export async function translate(texts, table, language = pageLanguage()) {
  if (!language) return;
  const module = await import(`./languages/${language}/${table}.js`).catch(() => null);
  if (module) replace(texts, module.texts);
}

/**
 * @param {any} texts
 * @param {any} translated
 */
function replace(texts, translated) {
  for (const [key, value] of Object.entries(translated))
    if (typeof value === "object") replace(texts[key], value);
    else texts[key] = value;
}
