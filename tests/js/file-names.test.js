import assert from "node:assert/strict";
import { test } from "node:test";
import { problemWith } from "../../assets/editor/file-names.js";

const TAKEN = ["main.py", "templates/home.html"];

for (const path of ["models.py", "templates/other.html", "a/b/c.txt", "données.json", ".env", "with space.txt"])
  test(`“${path}” is a name`, () => assert.equal(problemWith(path, TAKEN), null));

for (const [path, pattern] of /** @type {[string, RegExp][]} */ ([
  ["", /needs a name/],
  ["/etc/passwd", /below the app/],
  ["~/x", /below the app/],
  ["../x.py", /empty part/],
  ["a/../x.py", /empty part/],
  ["a//x.py", /empty part/],
  ["a/", /empty part/],
  ["./x.py", /empty part/],
  ["C:\\x.py", /no backslash/],
  ["a\u0000b", /no backslash/],
  ["x".repeat(201), /at most 200/],
  ["main.py", /already/],
  ["main.py/x.py", /cannot be a folder/],
  ["templates", /cannot be a folder/],
]))
  test(`“${path.slice(0, 20)}” is none`, () => assert.match(problemWith(path, TAKEN) ?? "", pattern));
