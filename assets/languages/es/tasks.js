// @ts-check
/** @type {typeof import("../../tasks/texts.js").texts} */
export const texts = {
  notYet: (found, wanted) => `Todavía no: respondió ${found} y se pide ${wanted}.`,
  notInBody: (wanted) => `Todavía no: el estado es correcto, pero al cuerpo le falta ${wanted}.`,
  notWhole: "Todavía no: la respuesta no termina.",
  notCounted: "La petición está modificada y por eso no cuenta; restablézcala para comprobar la tarea.",
  hint: (number, total) => `Pista ${number} de ${total}`,
  hints: "Pistas",
  showSolution: "Ver la solución",
  hideSolution: "Ocultar la solución",
  solution: "De su código a la solución",
  useSolution: "Ponerla en el editor",
  isSolution: "Su código es la solución.",
};
