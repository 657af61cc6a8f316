// @ts-check
/** @type {typeof import("../../requests/texts.js").texts} */
export const texts = {
  send: "Envoyer",
  check: "Vérifier",
  done: "Réussi.",
  requestOf: (name) => `Requête ${name}`,
  answerTo: (name) => `Réponse à ${name}`,
  editHint: "Ctrl+Entrée envoie la requête, Échap quitte l’éditeur.",
  noBlock: "L’application à laquelle s’adresse cette requête n’est pas dans la page.",
  starting: "Démarrage de l’application…",
  restarting: "L’application démarre avec vos modifications…",
  notStarted: (headline) => `${headline} Son bloc en dit plus.`,
  showBlock: "Afficher le bloc",
  sending: "Envoi…",
  first: ({ method, target }) => `Envoi de ${method} ${target} d’abord, dont la réponse est nécessaire…`,
  neededFailed: ({ method, target }, reason) =>
    `Non envoyée, car ${method} ${target} n’a pas de réponse : ${reason}`,
  answered: (status, time) => `${status} en ${time}.`,
  receiving: (status) => `${status}, en cours…`,
  stopped: (status, time) => `${status}, arrêtée après ${time}.`,
  asRecorded: "Conforme à l’enregistrement.",
  asRecordedSoFar: "Conforme à l’enregistrement, aussi loin qu’il va.",
  differs: "Diffère de la réponse enregistrée :",
  notCompared: "La requête est modifiée, sa réponse n’est donc pas comparée à celle qui est enregistrée.",
  notWhole: "Elle n’est pas complète, elle n’est donc pas comparée à celle qui est enregistrée.",
  save: (size) => `Enregistrer le corps (${size} octets)`,
  picture: "Image avec laquelle l’application a répondu",
  body: "Corps de la réponse",
  beginningDropped: "Le début n’est pas affiché.",
  tooLong: (limit) => `La réponse dépasse ${limit >> 20} Mo.`,
  wrong: {
    empty: "Il n’y a aucune requête à envoyer ; écrivez-en une comme « GET /books ».",
    several: "Il y a plusieurs requêtes ici, et une seule est envoyée à la fois ; supprimez les autres.",
    header: (line, text) =>
      `Ligne ${line} : « ${text} » n’est pas un en-tête comme « Accept: text/html » ; le corps suit une ligne vide.`,
    host: (line, target) =>
      `Ligne ${line} : les requêtes vont à l’application du bloc, n’écrivez donc que le chemin de ${target}.`,
    path: (line, target) => `Ligne ${line} : un chemin commence par un seul « / », et non « ${target} ».`,
    spaces: (line, target) =>
      `Ligne ${line} : un chemin n’a pas d’espaces (« ${target} ») ; écrivez %20 pour une espace.`,
  },
};
