// @ts-check
/** @type {typeof import("../../texts.js").texts} */
export const texts = {
  run: "Starten",
  stop: "Stopp",
  restart: "Neu starten",
  runAgain: "Erneut starten",
  stale: "Bearbeitet; das läuft ab dem nächsten Start. Strg+Eingabe startet es.",
  retry: "Noch einmal versuchen",
  edit: "Bearbeiten",
  reset: "Zurücksetzen",
  undoReset: "Zurücksetzen rückgängig",
  restoreEdits: "Änderungen wiederherstellen",
  takeHome: "Teilen oder herunterladen",
  whatChanged: "Was ist neu",
  preview: "Vorschau",
  requestsTab: "Anfragen",
  log: "Protokoll",
  cookies: "Cookies",
  asgi: "ASGI",
  views: "Ansichten der laufenden App",
  marks: { news: "(neu)", error: "(Fehler)" },
  back: "Zurück",
  forward: "Vor",
  reload: "Neu laden",
  address: "Adresse",
  openInTab: "In neuem Tab öffnen",
  fullScreen: "Vollbild",
  secondClient: "Zweiter Client",
  openSecondClient: "Einen zweiten Client mit eigenen Cookies öffnen",
  stopping: "Wird gestoppt …",
  stopped: "Gestoppt.",
  parked: {
    room: (limit) =>
      `Gestoppt, um Platz zu machen: Auf einer Seite laufen ${limit} Apps zugleich, und diese war am längsten unbenutzt. „Starten“ startet sie wieder.`,
    unseen: (minutes) =>
      `Gestoppt, um Speicher freizugeben: Seit ${minutes} Minuten hat sie niemand gesehen oder benutzt. „Starten“ startet sie wieder.`,
  },
  running: "Läuft.",
  waiting: "Die App hat noch nicht geantwortet; „Stopp“ oder „Neu starten“ beendet das.",
  since: (seconds) => `${seconds} s`,
  codeOf: (name) => `Code von ${name}`,
  previewOf: (name) => `Vorschau von ${name}`,
  controlsOf: (name) => `Steuerung von ${name}`,
  stages: {
    download: "Python und die Pakete werden geladen",
    interpreter: "Python startet",
    import: "Die App wird importiert",
    startup: "Die App fährt hoch",
  },
  downloaded: (loaded, total) => `${loaded} von ${total} MB`,
  failures: {
    download: "Python konnte nicht geladen werden.",
    interpreter: "Python konnte nicht gestartet werden.",
    import: "Die App konnte nicht importiert werden.",
    startup: "Die App konnte nicht hochfahren.",
    running: "Python hat unerwartet aufgehört.",
  },
  tookTooLong: (seconds) => `Das hat länger als ${seconds} Sekunden gedauert.`,
  notFound: (url, status) =>
    `${url} hat mit dem Status ${status} geantwortet. Wurde die Website nach dem letzten Bauen gepackt („asgi-docs package“)?`,
  notFrom: (host) =>
    `${host} ist von hier nicht zu erreichen oder schickt andere Dateien als die, für die diese Seite gemacht ist.`,
  shutdownCut: (seconds) =>
    `Das Herunterfahren der App wurde abgebrochen: Sie bekommt ${seconds} s, oder eine Endlosschleife lässt sie nicht an die Reihe kommen.`,
  startCancelled: "Der Start wurde gestoppt.",
  outdated: {
    headline: "Die Website wurde aktualisiert, seit diese Seite geladen ist.",
    whatToDo: "Die Seite neu laden und dann starten; Änderungen am Code bleiben erhalten.",
  },
  incomplete: {
    headline: "Ein Teil der Seite konnte nicht geladen werden.",
    whatToDo: "Neu laden und noch einmal versuchen; Änderungen am Code bleiben erhalten.",
  },
  fetchPath: 'fetch() nimmt einen Pfad der App, etwa "/items?limit=2".',
  notStarted: "Die App läuft nicht.",
  noPreview: "Die Vorschau gibt es hier nicht.",
  unavailable: {
    insecure:
      "Diese Seite kam über einfaches http, und Browser erlauben Service Worker nur mit https und auf localhost. Für die Vorschau die Seite über https öffnen.",
    unsupported:
      "Dieser Browser oder dieses private Fenster hat keine Service Worker. Für die Vorschau die Seite in einem gewöhnlichen Fenster eines aktuellen Browsers öffnen.",
    blocked:
      "Die Einstellungen des Browsers verbieten dieser Website, etwas zu speichern, und damit auch Service Worker. Für die Vorschau das Speichern erlauben.",
    outdated:
      "Die Website wurde aktualisiert, seit diese Seite geladen ist. Für die Vorschau die Seite neu laden.",
    failed:
      "Der Service Worker der Vorschau konnte nicht gestartet werden. Die Seite neu laden, um es noch einmal zu versuchen.",
  },
  requestsOnly: "Inzwischen gehen Anfragen direkt an die App: oben die Adresse ändern und Eingabe drücken.",
};
