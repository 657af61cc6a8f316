// @ts-check
/** @type {typeof import("../../ui/cookies/texts.js").texts} */
export const texts = {
  none: "L’application n’a pas posé de cookies. Ils restent quand elle redémarre, et sont oubliés avec la page.",
  some: "Ce que portent les requêtes de l’application. Ils restent quand elle redémarre, et sont oubliés avec la page.",
  name: "Nom",
  value: "Valeur",
  path: "Chemin",
  expires: "Expire",
  rules: "Règles",
  atEnd: "avec la page",
  forget: "Oublier",
  forgetOne: (name) => `Oublier ${name || "le cookie sans nom"}`,
  forgetAll: "Oublier tous les cookies",
  forgotten: (name) => `${name} est oublié.`,
  allForgotten: "Tous les cookies sont oubliés.",
};
