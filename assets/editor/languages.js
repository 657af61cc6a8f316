// @ts-check
/** The language of a file, by its name. Python comes with the editor, the others when one is opened. */

import { indentUnit, LanguageSupport, pythonLanguage } from "../vendor/codemirror/codemirror.js";

/** @typedef {import("@codemirror/language").Language} Language */

const html = () => import("../vendor/codemirror/html.js");
const css = async () => (await html()).cssLanguage;
const javascript = async () => (await html()).javascriptLanguage;
const jinja = async () => (await html()).jinjaLanguage;
const json = async () => (await import("../vendor/codemirror/json.js")).jsonLanguage;
const markdown = async () => (await import("../vendor/codemirror/markdown.js")).markdownLanguage;
const sql = async () => (await import("../vendor/codemirror/sql.js")).StandardSQL.language;

/** @type {Record<string, () => Promise<Language> | Language>} */
const byExtension = {
  py: () => pythonLanguage,
  pyi: () => pythonLanguage,
  html: jinja,
  htm: jinja,
  xml: jinja,
  svg: jinja,
  jinja,
  jinja2: jinja,
  j2: jinja,
  css,
  js: javascript,
  mjs: javascript,
  json,
  md: markdown,
  sql,
};

/**
 * Extensions of an editor's state for a file; none where the language has no parser here, or it cannot be
 * loaded: the text is then of one colour.
 * @param {string} path
 * @returns {Promise<import("@codemirror/state").Extension>}
 */
export async function languageOf(path) {
  const extension = path.toLowerCase().split(".").at(-1) ?? "";
  try {
    const language = await byExtension[extension]?.();
    return language ? new LanguageSupport(language) : [];
  } catch {
    return [];
  }
}

/** @param {string} path */
export function indentationOf(path) {
  return indentUnit.of(path.endsWith(".py") ? "    " : "  ");
}
