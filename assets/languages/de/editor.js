// @ts-check
/** @type {typeof import("../../editor/texts.js").texts} */
export const texts = {
  files: "Dateien der App",
  codeOf: (name) => `Code von ${name}`,
  hint: "Strg+Eingabe startet, Tab rückt ein, Esc verlässt.",
  hintReadOnly: "Dieser Code lässt sich nicht ändern. Strg+Eingabe führt ihn aus, Esc verlässt den Editor.",
  newLines: (lines) => `In diesem Schritt neu, neben dem Strich: Zeilen ${lines}.`,
  add: "Datei hinzufügen",
  rename: "Umbenennen",
  delete: "Löschen",
  undoDelete: "Löschen rückgängig",
  cancel: "Abbrechen",
  newName: "Name der neuen Datei",
  nameFor: (path) => `Neuer Name von ${path}`,
  binary: (path) => `${path} ist kein Text: Die App hat die Datei, und bearbeiten lässt sie sich hier nicht.`,
  wrongName: {
    empty: "Eine Datei braucht einen Namen, etwa „models.py“.",
    absolute: "Der Name muss unterhalb des Ordners der App liegen, etwa „templates/home.html“.",
    parent: "Zwischen den Schrägstrichen darf nicht „.“, „..“ oder nichts stehen.",
    characters: "Ein Name hat keinen Rückstrich, Doppelpunkt und kein Steuerzeichen.",
    long: "Ein Name hat höchstens 200 Zeichen.",
    taken: (path) => `Eine Datei „${path}“ gibt es schon.`,
    folder: (path) => `„${path}“ ist eine Datei und kann nicht auch ein Ordner sein.`,
  },
  keep: {
    label: "Dateien behalten",
    explanation:
      "Wird die App erneut gestartet, findet sie die Dateien vor, die sie geschrieben hat, etwa eine Datenbank.",
    failure:
      "Die Dateien der App wurden nicht behalten: Sie ist nicht rechtzeitig zu Ende gekommen, oder sie sind größer als 50 MB. Sie startet ohne sie.",
  },
};
