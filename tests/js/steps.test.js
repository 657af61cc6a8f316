// @ts-check
// What has changed from one step of a tutorial to the next.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { changedFiles, count, unified } from "../../assets/steps/changes.js";
import { compare, hunks, newLines } from "../../assets/steps/diff.js";

const short = (lines) => lines.map(({ sign, text }) => sign + text).join("|");
const text = (...lines) => lines.map((line) => `${line}\n`).join("");

describe("lines", () => {
  for (const [before, after, wanted] of [
    ["", "", ""],
    ["a\n", "a", " a"],
    ["a\r\nb\r\n", "a\nb\n", " a| b"],
    ["", "a\nb\n", "+a|+b"],
    ["a\nb\n", "", "-a|-b"],
    ["a\nb\nc\n", "a\nx\nc\n", " a|-b|+x| c"],
    ["a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n", "-a|-b| c|+b| a| b|-b| a|+c"],
    ["a\nb\n", "b\na\n", "-a| b|+a"],
  ])
    test(`${JSON.stringify(before)} to ${JSON.stringify(after)}`, () => {
      assert.equal(short(compare(before, after)), wanted);
    });

  test("both texts can be had again, whatever they are, by as few changes as possible", () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 48271) % 2147483647;
      return seed;
    };
    for (let round = 0; round < 200; round++) {
      const [one, other] = [0, 1].map(() => Array.from({ length: random() % 9 }, () => "abc"[random() % 3]));
      const lines = compare(text(...one), text(...other));
      const without = (sign) => lines.filter((line) => line.sign !== sign).map((line) => line.text);
      assert.deepEqual(without("+"), one);
      assert.deepEqual(without("-"), other);
      assert.equal(lines.filter(({ sign }) => sign === " ").length, common(one, other));
      for (const line of lines) {
        if (line.sign !== "+") assert.equal(one[line.before - 1], line.text);
        if (line.sign !== "-") assert.equal(other[line.after - 1], line.text);
      }
    }
  });

  test("long texts without anything in common take no time", () => {
    const [one, other] = ["a", "b"].map((name) =>
      text(...Array.from({ length: 3000 }, (_, n) => `${name}${n}`)),
    );
    assert.equal(compare(one, other).length, 6000);
  });

  test("new ones are known by number", () => {
    assert.deepEqual(newLines("a\nb\n", "x\na\nb\ny\n"), [1, 4]);
  });
});

/** The length of the longest common subsequence. */
function common(one, other) {
  if (!one.length || !other.length) return 0;
  if (one[0] === other[0]) return 1 + common(one.slice(1), other.slice(1));
  return Math.max(common(one.slice(1), other), common(one, other.slice(1)));
}

test("changes have some lines around, and near ones are together", () => {
  const before = Array.from({ length: 30 }, (_, n) => `${n}`);
  const after = before.with(2, "x").with(9, "y").with(25, "z");
  const found = hunks(compare(text(...before), text(...after)));
  assert.deepEqual(found.map(short), [
    " 0| 1|-2|+x| 3| 4| 5| 6| 7| 8|-9|+y| 10| 11| 12",
    " 22| 23| 24|-25|+z| 26| 27| 28",
  ]);
});

test("files come, go and change; bytes are only named", () => {
  const before = { files: { "main.py": "a\nb\n", "old.txt": "x\n" }, binary: { "a.png": "AA==", "b.png": "AA==" } };
  const after = { files: { "main.py": "a\nc\n", "new.py": "n\n" }, binary: { "a.png": "AA==", "b.png": "BB==" } };
  const changes = changedFiles(before, after);
  assert.deepEqual(
    changes.map((each) => [each.path, each.kind, count(each, "+"), count(each, "-")]),
    [
      ["b.png", "changed", 0, 0],
      ["main.py", "changed", 1, 1],
      ["new.py", "new", 1, 0],
      ["old.txt", "gone", 0, 1],
    ],
  );
  assert.equal(
    unified(changes),
    text(
      ...["--- a/main.py", "+++ b/main.py", "@@ -1,2 +1,2 @@", " a", "-b", "+c"],
      ...["--- /dev/null", "+++ b/new.py", "@@ -0,0 +1,1 @@", "+n"],
      ...["--- a/old.txt", "+++ /dev/null", "@@ -1,1 +0,0 @@", "-x"],
    ),
  );
  assert.deepEqual(changedFiles(before, before), []);
});

test("the file of a step may have another name than that of the step before", () => {
  const one = { files: { "one.py": "a\n", "lib.py": "" }, entry: "one.py" };
  const two = { files: { "two.py": "a\nb\n", "lib.py": "" }, entry: "two.py" };
  const [change, ...others] = changedFiles(one, two);
  assert.deepEqual(others, []);
  assert.deepEqual([change.before, change.path, change.kind], ["one.py", "two.py", "changed"]);
  assert.equal(unified([change]), text("--- a/one.py", "+++ b/two.py", "@@ -1,1 +1,2 @@", " a", "+b"));
  const both = { files: { ...one.files, ...two.files }, entry: "two.py" };
  assert.deepEqual(
    changedFiles(one, both).map((each) => [each.path, each.kind]),
    [["two.py", "new"]],
  );
});
