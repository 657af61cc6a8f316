// @ts-check
/** @type {typeof import("../../ui/cookies/texts.js").texts} */
export const texts = {
  none: "Die App hat keine Cookies gesetzt. Sie bleiben, wenn die App neu startet, und werden mit der Seite vergessen.",
  some: "Das schicken die Anfragen der App mit. Es bleibt, wenn sie neu startet, und wird mit der Seite vergessen.",
  name: "Name",
  value: "Wert",
  path: "Pfad",
  expires: "Läuft ab",
  rules: "Regeln",
  atEnd: "mit der Seite",
  forget: "Vergessen",
  forgetOne: (name) => `${name || "Das Cookie ohne Namen"} vergessen`,
  forgetAll: "Alle Cookies vergessen",
  forgotten: (name) => `${name} ist vergessen.`,
  allForgotten: "Alle Cookies sind vergessen.",
};
