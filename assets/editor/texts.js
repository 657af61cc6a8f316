// @ts-check
/** What the editor says, and the choice whether an app's files are kept. */

import { translate } from "../languages.js";

export const texts = {
  files: "Files of the app",
  /** @param {string} name */
  codeOf: (name) => `Code of ${name}`,
  hint: "Ctrl+Enter runs, Tab indents, Esc leaves.",
  hintReadOnly: "This code cannot be changed. Ctrl+Enter runs it, Esc leaves the editor.",
  /** @param {string} lines such as 3–5, 9 */
  newLines: (lines) => `New in this step, beside the bar: lines ${lines}.`,
  add: "Add file",
  rename: "Rename",
  delete: "Delete",
  undoDelete: "Undo delete",
  cancel: "Cancel",
  newName: "Name of the new file",
  /** @param {string} path */
  nameFor: (path) => `New name of ${path}`,
  /** @param {string} path */
  binary: (path) => `${path} is no text: the app has it, and it cannot be edited here.`,
  wrongName: {
    empty: "A file needs a name, such as “models.py”.",
    absolute: "Write a name below the app's folder, such as “templates/home.html”.",
    parent: "A name has no “.”, “..” or empty part between its slashes.",
    characters: "A name has no backslash, colon or control character.",
    long: "A name has at most 200 characters.",
    /** @param {string} path */
    taken: (path) => `There is a file “${path}” already.`,
    /** @param {string} path */
    folder: (path) => `“${path}” is a file, so it cannot be a folder, too.`,
  },
  keep: {
    label: "Keep its files",
    explanation: "When the app is started again, it finds the files that it has written, such as a database.",
    failure:
      "The app's files were not kept: it did not stop in time, or they are more than 50 MB. It starts without them.",
  },
};

await translate(texts, "editor");
