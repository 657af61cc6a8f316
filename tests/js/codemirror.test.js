import assert from "node:assert/strict";
import { test } from "node:test";
import { EditorState, LanguageSupport, pythonLanguage } from "../../assets/vendor/codemirror/codemirror.js";
import { cssLanguage, javascriptLanguage, jinjaLanguage } from "../../assets/vendor/codemirror/html.js";
import { jsonLanguage } from "../../assets/vendor/codemirror/json.js";
import { markdownLanguage } from "../../assets/vendor/codemirror/markdown.js";
import { StandardSQL } from "../../assets/vendor/codemirror/sql.js";

/** @param {{ parser: any }} language @param {string} text */
const names = ({ parser }, text) => {
  const found = new Set();
  parser.parse(text).iterate({ enter: ({ name }) => void found.add(name) });
  return found;
};

test("the core's file parses Python", () => {
  assert(names(pythonLanguage, "async def app(scope): ...").has("FunctionDefinition"));
});

test("each further language parses its own, with what the core's file gives it", () => {
  assert(names(jinjaLanguage, "<p>{% if a %}{{ b }}{% endif %}</p>").has("IfStatement"));
  assert(names(cssLanguage, "p { color: red }").has("RuleSet"));
  assert(names(javascriptLanguage, "const a = 1").has("VariableDeclaration"));
  assert(names(jsonLanguage, '{"a": [1]}').has("Property"));
  assert(names(markdownLanguage, "# Title").has("ATXHeading1"));
  assert(names(StandardSQL.language, "SELECT 1").has("Keyword"));
});

test("they are made of the same classes: a state takes all of them", () => {
  for (const language of [pythonLanguage, jinjaLanguage, jsonLanguage, markdownLanguage, StandardSQL.language])
    assert.equal(EditorState.create({ extensions: new LanguageSupport(language) }).doc.lines, 1);
});
