// @ts-check
/** @type {typeof import("../../tasks/texts.js").texts} */
export const texts = {
  notYet: (found, wanted) => `Ainda não: respondeu ${found}; espera-se ${wanted}.`,
  notInBody: (wanted) => `Ainda não: o status está certo, mas falta ${wanted} no corpo.`,
  notWhole: "Ainda não: a resposta não termina.",
  notCounted: "A requisição foi editada e por isso não conta; restaure-a para verificar a tarefa.",
  hint: (number, total) => `Dica ${number} de ${total}`,
  hints: "Dicas",
  showSolution: "Ver a solução",
  hideSolution: "Ocultar a solução",
  solution: "Do seu código à solução",
  useSolution: "Colocar no editor",
  isSolution: "O seu código é a solução.",
};
