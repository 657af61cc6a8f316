// @ts-check
/** @type {typeof import("../../texts.js").texts} */
export const texts = {
  run: "Lancer",
  stop: "Arrêter",
  restart: "Redémarrer",
  runAgain: "Relancer",
  stale: "Modifié ; pris en compte au prochain lancement. Ctrl+Entrée relance.",
  retry: "Réessayer",
  edit: "Modifier",
  reset: "Rétablir",
  undoReset: "Annuler le rétablissement",
  restoreEdits: "Rétablir les modifications",
  takeHome: "Partager ou télécharger",
  whatChanged: "Ce qui a changé",
  preview: "Aperçu",
  requestsTab: "Requêtes",
  log: "Journal",
  cookies: "Cookies",
  asgi: "ASGI",
  views: "Vues de l’application lancée",
  marks: { news: "(nouveau)", error: "(erreurs)" },
  back: "Précédent",
  forward: "Suivant",
  reload: "Actualiser",
  address: "Adresse",
  openInTab: "Ouvrir dans un nouvel onglet",
  fullScreen: "Plein écran",
  secondClient: "Deuxième client",
  openSecondClient: "Ouvrir un deuxième client, avec ses propres cookies",
  stopping: "Arrêt en cours…",
  stopped: "Arrêtée.",
  parked: {
    room: (limit) =>
      `Arrêtée pour faire de la place : une page exécute ${limit} applications à la fois, et celle-ci était inutilisée depuis le plus longtemps. « Lancer » la redémarre.`,
    unseen: (minutes) =>
      `Arrêtée pour libérer de la mémoire : personne ne l’a vue ni utilisée depuis ${minutes} minutes. « Lancer » la redémarre.`,
  },
  running: "En marche.",
  waiting: "L’application n’a pas encore répondu ; « Arrêter » ou « Redémarrer » met fin à l’attente.",
  since: (seconds) => `${seconds} s`,
  codeOf: (name) => `Code de ${name}`,
  previewOf: (name) => `Aperçu de ${name}`,
  controlsOf: (name) => `Commandes de ${name}`,
  stages: {
    download: "Téléchargement de Python et des paquets",
    interpreter: "Démarrage de Python",
    import: "Importation de l’application",
    startup: "Démarrage de l’application",
  },
  downloaded: (loaded, total) => `${loaded} sur ${total} Mo`,
  failures: {
    download: "Python n’a pas pu être téléchargé.",
    interpreter: "Python n’a pas pu démarrer.",
    import: "L’application n’a pas pu être importée.",
    startup: "Le démarrage de l’application a échoué.",
    running: "Python s’est arrêté de façon inattendue.",
  },
  tookTooLong: (seconds) => `Cela a pris plus de ${seconds} secondes.`,
  notFound: (url, status) =>
    `${url} a répondu avec le statut ${status}. Le site a-t-il été empaqueté (« asgi-docs package ») après sa dernière génération ?`,
  notFrom: (host) =>
    `${host} est injoignable d’ici, ou envoie d’autres fichiers que ceux pour lesquels cette page a été faite.`,
  shutdownCut: (seconds) =>
    `L’arrêt de l’application a été interrompu : elle dispose de ${seconds} s, ou une boucle sans fin l’empêche d’avoir son tour.`,
  startCancelled: "Le lancement a été arrêté.",
  outdated: {
    headline: "Le site a été mis à jour depuis le chargement de cette page.",
    whatToDo: "Actualisez la page, puis lancez ; vos modifications sont conservées.",
  },
  incomplete: {
    headline: "Une partie de la page n’a pas pu être chargée.",
    whatToDo: "Actualisez-la et réessayez ; vos modifications sont conservées.",
  },
  fetchPath: 'fetch() prend un chemin de l’application, par exemple "/items?limit=2".',
  notStarted: "L’application n’est pas lancée.",
  noPreview: "L’aperçu n’est pas disponible ici.",
  unavailable: {
    insecure:
      "Cette page est arrivée en http simple, et les navigateurs n’accordent les service workers qu’en https et sur localhost. Ouvrez-la en https pour utiliser l’aperçu.",
    unsupported:
      "Ce navigateur, ou cette fenêtre privée, n’a pas de service workers. Ouvrez la page dans une fenêtre ordinaire d’un navigateur récent pour utiliser l’aperçu.",
    blocked:
      "Les réglages du navigateur interdisent à ce site de stocker des données, et avec cela les service workers. Autorisez-le pour ce site pour utiliser l’aperçu.",
    outdated:
      "Le site a été mis à jour depuis le chargement de cette page. Actualisez la page pour utiliser l’aperçu.",
    failed: "Le service worker de l’aperçu n’a pas pu démarrer. Actualisez la page pour réessayer.",
  },
  requestsOnly:
    "En attendant, les requêtes vont directement à l’application : changez l’adresse ci-dessus et appuyez sur Entrée.",
};
