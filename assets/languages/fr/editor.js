// @ts-check
/** @type {typeof import("../../editor/texts.js").texts} */
export const texts = {
  files: "Fichiers de l’app",
  codeOf: (name) => `Code de ${name}`,
  hint: "Ctrl+Entrée exécute, Tab indente, Échap quitte.",
  hintReadOnly: "Ce code ne peut pas être modifié. Ctrl+Entrée l’exécute, Échap quitte l’éditeur.",
  newLines: (lines) => `Nouvelles à cette étape, à côté du trait : lignes ${lines}.`,
  add: "Ajouter un fichier",
  rename: "Renommer",
  delete: "Supprimer",
  undoDelete: "Annuler la suppression",
  cancel: "Annuler",
  newName: "Nom du nouveau fichier",
  nameFor: (path) => `Nouveau nom de ${path}`,
  binary: (path) => `${path} n’est pas du texte : l’app l’a, et il ne peut pas être modifié ici.`,
  wrongName: {
    empty: "Un fichier a besoin d’un nom, comme « models.py ».",
    absolute: "Écrivez un nom dans le dossier de l’app, comme « templates/home.html ».",
    parent: "Entre ses barres obliques, un nom n’a ni « . », ni « .. », ni partie vide.",
    characters: "Un nom n’a ni barre oblique inverse, ni deux-points, ni caractère de contrôle.",
    long: "Un nom a 200 caractères au plus.",
    taken: (path) => `Il y a déjà un fichier « ${path} ».`,
    folder: (path) => `« ${path} » est un fichier et ne peut pas être aussi un dossier.`,
  },
  keep: {
    label: "Garder ses fichiers",
    explanation:
      "Quand l’app redémarre, elle retrouve les fichiers qu’elle a écrits, comme une base de données.",
    failure:
      "Les fichiers de l’app n’ont pas été gardés : elle ne s’est pas arrêtée à temps, ou ils dépassent 50 Mo. Elle démarre sans eux.",
  },
};
