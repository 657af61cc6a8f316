// @ts-check
/** @type {typeof import("../../request-code/texts.js").texts} */
export const texts = {
  copyAs: "Copiar como",
  copied: (form) => `Copiada para ${form}; a requisição vai para localhost:8000.`,
  notCopied: (form) => `Este navegador não deixa a página copiar; aqui está para ${form}:`,
  codeFor: (form) => `Requisição para ${form}`,
  noBodyWith: (method) => `fetch() não envia corpo com ${method}; escolha outra forma.`,
};
