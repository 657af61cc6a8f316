// @ts-check
/** Every sentence of the editor that a reader sees: loaded with it, unlike ../texts.js. */

export const editorTexts = {
  files: "Files of the app",
  /** @param {string} name */
  codeOf: (name) => `Code of ${name}`,
  hint: "Ctrl+Enter runs the code, Tab indents; Esc leaves the editor.",
  hintReadOnly: "The author lets nobody edit this code. Ctrl+Enter runs it, Esc leaves it.",
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
    parent: "A name leads nowhere else: no “..”, “.” or empty part between slashes.",
    characters: "A name has no backslash, colon or control character.",
    long: "A name has at most 200 characters.",
    /** @param {string} path */
    taken: (path) => `There is a file “${path}” already.`,
    /** @param {string} path */
    folder: (path) => `“${path}” is a file, so it cannot be a folder, too.`,
  },
};
