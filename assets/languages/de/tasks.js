// @ts-check
/** @type {typeof import("../../tasks/texts.js").texts} */
export const texts = {
  notYet: (found, wanted) => `Noch nicht: Die Antwort war ${found}, gefragt ist ${wanted}.`,
  notInBody: (wanted) => `Noch nicht: Der Status stimmt, aber im Inhalt fehlt ${wanted}.`,
  notWhole: "Noch nicht: Die Antwort hat kein Ende.",
  notCounted:
    "Die Anfrage ist bearbeitet und zählt deshalb nicht; nach dem Zurücksetzen lässt sich die Aufgabe prüfen.",
  hint: (number, total) => `Tipp ${number} von ${total}`,
  hints: "Tipps",
  showSolution: "Lösung zeigen",
  hideSolution: "Lösung verbergen",
  solution: "Vom jetzigen Code zur Lösung",
  useSolution: "In den Editor übernehmen",
  isSolution: "Der Code ist schon die Lösung.",
};
