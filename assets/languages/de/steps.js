// @ts-check
/** @type {typeof import("../../steps/texts.js").texts} */
export const texts = {
  changes: "Änderungen",
  changesOf: (file) => `Änderungen in ${file}`,
  amounts: (added, removed) => `${added} neu, ${removed} entfernt`,
  newFile: (lines) => `neu, ${lines} Zeilen`,
  gone: "nicht mehr da",
  noText: "geändert; es ist kein Text",
  added: (line) => `Neu, Zeile ${line}:`,
  removed: (line) => `Entfernt, bisher Zeile ${line}:`,
  copy: "Als Patch kopieren",
  copied: "Die Änderungen sind in der Zwischenablage.",
  notCopied:
    "Der Browser lässt Seiten nicht in die Zwischenablage schreiben. Hier lassen sich die Änderungen kopieren:",
  same: "Der Code ist derselbe wie im Schritt davor.",
  noStep: "Der Schritt davor ist nicht mehr auf dieser Seite.",
  since: (name) => `Änderungen seit „${name}“`,
  sinceLast: "Änderungen seit dem Schritt davor",
};
