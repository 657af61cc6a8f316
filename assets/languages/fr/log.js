// @ts-check
/** @type {typeof import("../../ui/log/texts.js").texts} */
export const texts = {
  empty: "Rien pour l’instant : les requêtes, print() et les tracebacks s’affichent ici.",
  dropped: "Des lignes plus anciennes ont été supprimées.",
  startedAt: (time) => `Lancée à ${time.toLocaleTimeString("fr")}`,
  tools: "Outils du journal",
  filter: "Filtrer",
  filterLabel: "N’afficher que ce qui contient ce texte",
  kinds: { request: "Requêtes", output: "Sortie", error: "Erreurs" },
  kindTitles: {
    request: "Une ligne par requête",
    output: "Ce que l’application affiche et journalise",
    error: "Tracebacks, ce qui arrive sur stderr, et réponses à partir de 400",
  },
  copy: "Copier",
  clear: "Effacer",
  filtered: (hidden, all) =>
    hidden === all ? "Toutes les lignes sont masquées." : `${hidden} sur ${all} masquées.`,
  copied: (count) => (count === 1 ? "1 ligne copiée." : `${count} lignes copiées.`),
  nothingToCopy: "Il n’y a aucune ligne à copier.",
  copyRefused:
    "Le navigateur ne permet pas à cette page de copier ; sélectionnez les lignes et appuyez sur Ctrl+C.",
  messages: "échange",
  messagesOf: (title) => `Messages ASGI de ${title}`,
  client: (number) => `client ${number}`,
  goingOn: "en cours",
  cut: (size) => `interrompue après ${size}`,
  frames: (count, packages) =>
    `… ${count} ${count === 1 ? "appel" : "appels"}${packages && ` de ${packages}`}`,
  goTo: (file, line) => `Afficher la ligne ${line} de ${file}`,
  was: (text, input) => `${text} (valait ${input})`,
  moreRefusals: (count) => `… et ${count} autres`,
};
