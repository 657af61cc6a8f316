// @ts-check
/** @type {typeof import("../../ui/cookies/texts.js").texts} */
export const texts = {
  none: "A aplicação não definiu cookies. Eles são mantidos quando ela é reiniciada e esquecidos com a página.",
  some: "O que as requisições da aplicação levam. É mantido quando ela é reiniciada e esquecido com a página.",
  name: "Nome",
  value: "Valor",
  path: "Caminho",
  expires: "Expira",
  rules: "Regras",
  atEnd: "com a página",
  forget: "Esquecer",
  forgetOne: (name) => `Esquecer ${name || "o cookie sem nome"}`,
  forgetAll: "Esquecer todos os cookies",
  forgotten: (name) => `${name} foi esquecido.`,
  allForgotten: "Todos os cookies foram esquecidos.",
};
