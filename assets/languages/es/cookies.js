// @ts-check
/** @type {typeof import("../../ui/cookies/texts.js").texts} */
export const texts = {
  none: "La aplicación no ha puesto cookies. Se conservan cuando se inicia de nuevo y se olvidan con la página.",
  some: "Lo que llevan las peticiones de la aplicación. Se conserva cuando se inicia de nuevo y se olvida con la página.",
  name: "Nombre",
  value: "Valor",
  path: "Ruta",
  expires: "Caduca",
  rules: "Reglas",
  atEnd: "con la página",
  forget: "Olvidar",
  forgetOne: (name) => `Olvidar ${name || "la cookie sin nombre"}`,
  forgetAll: "Olvidar todas las cookies",
  forgotten: (name) => `${name} se ha olvidado.`,
  allForgotten: "Se han olvidado todas las cookies.",
};
