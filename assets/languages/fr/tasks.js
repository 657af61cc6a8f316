// @ts-check
/** @type {typeof import("../../tasks/texts.js").texts} */
export const texts = {
  notYet: (found, wanted) => `Pas encore : la réponse est ${found}, il faut ${wanted}.`,
  notInBody: (wanted) => `Pas encore : le statut est bon, mais il manque ${wanted} dans le corps.`,
  notWhole: "Pas encore : la réponse n’a pas de fin.",
  notCounted: "La requête est modifiée et ne compte donc pas ; rétablissez-la pour vérifier l’exercice.",
  hint: (number, total) => `Indice ${number} sur ${total}`,
  hints: "Indices",
  showSolution: "Voir la solution",
  hideSolution: "Masquer la solution",
  solution: "De votre code à la solution",
  useSolution: "La mettre dans l’éditeur",
  isSolution: "Votre code est la solution.",
};
