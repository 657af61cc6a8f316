// @ts-check
/** @type {typeof import("../../ui/log/texts.js").texts} */
export const texts = {
  empty: "Noch nichts: Hier erscheinen Anfragen, print() und Tracebacks.",
  dropped: "Frühere Zeilen wurden verworfen.",
  startedAt: (time) => `Gestartet um ${time.toLocaleTimeString("de")}`,
  tools: "Werkzeuge des Protokolls",
  filter: "Filtern",
  filterLabel: "Nur zeigen, was diesen Text enthält",
  kinds: { request: "Anfragen", output: "Ausgaben", error: "Fehler" },
  kindTitles: {
    request: "Eine Zeile für jede Anfrage",
    output: "Was die App ausgibt und protokolliert",
    error: "Tracebacks, was auf stderr kommt, und Antworten ab 400",
  },
  copy: "Kopieren",
  clear: "Leeren",
  filtered: (hidden, all) =>
    hidden === all ? "Alle Zeilen sind ausgeblendet." : `${hidden} von ${all} ausgeblendet.`,
  copied: (count) => (count === 1 ? "1 Zeile kopiert." : `${count} Zeilen kopiert.`),
  nothingToCopy: "Es gibt keine Zeile zu kopieren.",
  copyRefused: "Der Browser lässt diese Seite nicht kopieren; Zeilen markieren und Strg+C drücken.",
  messages: "Nachrichten",
  messagesOf: (title) => `ASGI-Nachrichten von ${title}`,
  client: (number) => `Client ${number}`,
  goingOn: "läuft noch",
  cut: (size) => `abgebrochen nach ${size}`,
  frames: (count, packages) =>
    `… ${count} ${count === 1 ? "Frame" : "Frames"}${packages && ` aus ${packages}`}`,
  goTo: (file, line) => `Zeile ${line} von ${file} zeigen`,
  was: (text, input) => `${text} (war ${input})`,
  moreRefusals: (count) => `… und ${count} weitere`,
};
