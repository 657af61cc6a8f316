// @ts-check
// Every sentence that a reader sees, in every language that we have.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { afterEach, describe, test } from "node:test";
import { texts as editor } from "../../assets/editor/texts.js";
import { pageLanguage, translate } from "../../assets/languages.js";
import { texts as requestCode } from "../../assets/request-code/texts.js";
import { texts as requestPane } from "../../assets/request-pane/texts.js";
import { texts as requests } from "../../assets/requests/texts.js";
import { texts as steps } from "../../assets/steps/texts.js";
import { texts as takeHome } from "../../assets/take-home/texts.js";
import { texts as tasks } from "../../assets/tasks/texts.js";
import { texts as page } from "../../assets/texts.js";
import { texts as clients } from "../../assets/ui/clients/texts.js";
import { texts as cookies } from "../../assets/ui/cookies/texts.js";
import { texts as log } from "../../assets/ui/log/texts.js";
import { texts as wire } from "../../assets/ui/wire/texts.js";

const FOLDER = new URL("../../assets/languages/", import.meta.url);
const TABLES = {
  page,
  clients,
  cookies,
  editor,
  log,
  wire,
  requests,
  "request-code": requestCode,
  "request-pane": requestPane,
  steps,
  "take-home": takeHome,
  tasks,
};
/** What is the same in some languages. */
const SAME = new Set(["client", "cookies", "ofClient", "since", "downloaded", "name", "answered", "asgi", "lifespan"]);
/** Functions of a time get one; the others do not care what they are given. */
const REQUEST = { method: "«1»", target: "«2»" };
/** What those functions get that want no text. */
const GIVEN = { first: [REQUEST], neededFailed: [REQUEST, "«3»"], tooLong: [3 << 20] };
const time = new Date(2026, 0, 2, 13, 24, 35);

/** Every text by its path, functions called with what can be found again. */
function flat(texts, prefix = "") {
  return Object.entries(texts).flatMap(([key, value]) => {
    const path = `${prefix}${key}`;
    if (typeof value === "object") return flat(value, `${path}.`);
    if (typeof value === "string") return [[path, value]];
    return [[path, key === "startedAt" ? value(time) : value(...(GIVEN[key] ?? ["«1»", "«2»"]))]];
  });
}

function copy(texts) {
  return Object.fromEntries(
    Object.entries(texts).map(([key, value]) => [key, typeof value === "object" ? copy(value) : value]),
  );
}

for (const language of readdirSync(FOLDER))
  for (const [table, english] of Object.entries(TABLES))
    test(`${language}: ${table} says all that English says`, async () => {
      const { texts } = await import(new URL(`${language}/${table}.js`, FOLDER).href);
      const translated = new Map(flat(texts));
      const wanted = flat(english);
      assert.deepEqual(
        [...translated.keys()],
        wanted.map(([path]) => path),
      );
      for (const [path, text] of wanted) {
        const own = translated.get(path) ?? "";
        assert.ok(own.trim(), path);
        assert.deepEqual(own.match(/«\d»/g)?.sort(), text.match(/«\d»/g)?.sort(), path);
        assert.ok(own !== text || SAME.has(path), `${path} is English: ${text}`);
      }
    });

describe("the language of a page", () => {
  const speaking = (lang) => {
    globalThis.document = /** @type {any} */ ({ documentElement: { lang } });
  };
  afterEach(() => {
    delete globalThis.document;
  });

  for (const [lang, language] of [
    ["de", "de"],
    ["pt-BR", "pt"],
    ["ZH-Hans-CN", "zh"],
    ["en", null],
    ["tlh", null],
    ["", null],
  ])
    test(`${lang || "none"} is spoken as ${language ?? "English"}`, () => {
      speaking(lang);
      assert.equal(pageLanguage(), language);
    });

  test("replaces words in place", async () => {
    const texts = copy(page);
    const { failures } = texts;
    speaking("de-AT");
    await translate(texts, "page");
    assert.equal(texts.run, "Starten");
    assert.equal(failures.download, "Python konnte nicht geladen werden.");
  });

  test("stays English where its table cannot be had", async () => {
    const texts = { run: "Run" };
    await translate(texts, "nothing", "de");
    assert.deepEqual(texts, { run: "Run" });
  });
});
