// @ts-check
/** @type {typeof import("../../ui/wire/texts.js").texts} */
export const texts = {
  since:
    "ASGI-Nachrichten von jetzt an, und die des Lifespans. Anfragen, die früher begonnen haben, stehen nur im Protokoll.",
  choose: "Eine Anfrage wählen, um ihre Nachrichten zu sehen.",
  notSeen:
    "Diese Anfrage hat begonnen, bevor dieser Reiter geöffnet wurde, oder sie wird nicht mehr aufbewahrt.",
  exchanges: "Anfragen, WebSockets und Lifespan",
  messagesOf: (title) => `ASGI-Nachrichten von ${title}`,
  lifespan: "Lifespan",
  own: (title) => `${title} (von der App selbst)`,
  ofClient: (title, number) => `${title} (Client ${number})`,
  states: {
    waiting: "wartet",
    open: "offen",
    closed: (code) => (code === null ? "geschlossen" : `geschlossen, ${code}`),
    raised: "Ausnahme",
    started: "gestartet",
    ended: "beendet",
    failed: "fehlgeschlagen",
  },
  kinds: {
    failed: "abgelehnt",
    returned: "Die App ist zurückgekehrt.",
    raised: "Die App hat eine Ausnahme ausgelöst.",
  },
  dropped: (count) =>
    count === 1 ? "1 frühere Nachricht wurde verworfen." : `${count} frühere Nachrichten wurden verworfen.`,
  beginning: "Das ist ihr Anfang.",
};
