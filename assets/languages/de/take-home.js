// @ts-check
/** @type {typeof import("../../take-home/texts.js").texts} */
export const texts = {
  share: "Link zu diesem Code kopieren",
  download: "Die App herunterladen",
  copied: "Der Link ist in der Zwischenablage; wer ihn öffnet, sieht hier den bearbeiteten Code.",
  notCopied: "Der Browser lässt Seiten nicht in die Zwischenablage schreiben. Der Link zum Kopieren:",
  link: "Link zu diesem Code",
  unchanged: "Der Link führt zum Code des Autors, denn er ist nicht verändert.",
  saved: "„uv run serve.py“ startet die App auf dem eigenen Rechner; ihre README sagt mehr.",
  fromLink:
    "Dieser Code kam mit dem Link, der hierher führte, und nicht vom Autor der Seite. Bitte vor dem Starten lesen.",
  otherThanYours:
    "Der Link, der hierher führte, bringt anderen Code als den, der hier bearbeitet wurde. Der eigene bleibt, bis eine Wahl getroffen ist.",
  takeLinks: "Den Code des Links zeigen",
  keepMine: "Den eigenen behalten",
  noBlock: "Der Link, der hierher führte, gehört zu Code, den diese Seite nicht mehr hat.",
  damaged: "Der Link, der hierher führte, ist beschädigt; sein Code lässt sich nicht zeigen.",
};
