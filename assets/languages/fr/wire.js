// @ts-check
/** @type {typeof import("../../ui/wire/texts.js").texts} */
export const texts = {
  since:
    "Messages ASGI à partir de maintenant, et ceux du lifespan. Les requêtes commencées plus tôt ne sont que dans le journal.",
  choose: "Choisissez une requête pour voir ses messages.",
  notSeen: "Cette requête a commencé avant l’ouverture de cet onglet, ou n’est plus conservée.",
  exchanges: "Requêtes, WebSockets et lifespan",
  messagesOf: (title) => `Messages ASGI de ${title}`,
  lifespan: "Lifespan",
  own: (title) => `${title} (par l’application elle-même)`,
  ofClient: (title, number) => `${title} (client ${number})`,
  states: {
    waiting: "en attente",
    open: "ouvert",
    closed: (code) => (code === null ? "fermé" : `fermé, ${code}`),
    raised: "exception levée",
    started: "démarré",
    ended: "terminé",
    failed: "échoué",
  },
  kinds: {
    failed: "refusé",
    returned: "L’application est revenue.",
    raised: "L’application a levé une exception.",
  },
  dropped: (count) =>
    count === 1
      ? "1 message plus ancien a été supprimé."
      : `${count} messages plus anciens ont été supprimés.`,
  beginning: "En voici le début.",
};
