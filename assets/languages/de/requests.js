// @ts-check
/** @type {typeof import("../../requests/texts.js").texts} */
export const texts = {
  send: "Senden",
  check: "Prüfen",
  done: "Geschafft.",
  requestOf: (name) => `Anfrage ${name}`,
  answerTo: (name) => `Antwort auf ${name}`,
  editHint: "Strg+Eingabe sendet die Anfrage, Esc verlässt den Editor.",
  noBlock: "Die App, an die diese Anfrage geht, ist nicht auf der Seite.",
  starting: "Die App startet …",
  restarting: "Die App startet mit dem geänderten Code …",
  notStarted: (headline) => `${headline} Ihr Block sagt mehr dazu.`,
  showBlock: "Den Block zeigen",
  sending: "Wird gesendet …",
  first: ({ method, target }) => `Zuerst geht ${method} ${target} hinaus, dessen Antwort gebraucht wird …`,
  neededFailed: ({ method, target }, reason) =>
    `Nicht gesendet, denn auf ${method} ${target} kam keine Antwort: ${reason}`,
  answered: (status, time) => `${status} nach ${time}.`,
  receiving: (status) => `${status}, es geht weiter …`,
  stopped: (status, time) => `${status}, gestoppt nach ${time}.`,
  asRecorded: "Wie aufgezeichnet.",
  asRecordedSoFar: "Wie aufgezeichnet, so weit die Aufzeichnung reicht.",
  differs: "Anders als die aufgezeichnete Antwort:",
  notCompared:
    "Die Anfrage ist bearbeitet, deshalb wird ihre Antwort nicht mit der aufgezeichneten verglichen.",
  notWhole: "Sie ist nicht vollständig und wird deshalb nicht mit der aufgezeichneten verglichen.",
  save: (size) => `Den Inhalt speichern (${size} Byte)`,
  picture: "Bild, mit dem die App geantwortet hat",
  body: "Inhalt der Antwort",
  beginningDropped: "Der Anfang wird nicht gezeigt.",
  tooLong: (limit) => `Die Antwort ist länger als ${limit >> 20} MB.`,
  wrong: {
    empty: "Hier ist keine Anfrage zum Senden; man schreibt sie wie „GET /books“.",
    several: "Hier sind mehrere Anfragen, und gesendet wird eine zur Zeit; die anderen bitte löschen.",
    header: (line, text) =>
      `Zeile ${line}: „${text}“ ist kein Header wie „Accept: text/html“; der Inhalt folgt nach einer leeren Zeile.`,
    host: (line, target) =>
      `Zeile ${line}: Anfragen gehen an die App des Blocks, also nur den Pfad von ${target} schreiben.`,
    path: (line, target) => `Zeile ${line}: Ein Pfad beginnt mit einem „/“, nicht „${target}“.`,
    spaces: (line, target) =>
      `Zeile ${line}: Ein Pfad hat keine Leerzeichen („${target}“); %20 steht für ein Leerzeichen.`,
  },
};
