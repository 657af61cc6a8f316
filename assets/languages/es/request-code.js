// @ts-check
/** @type {typeof import("../../request-code/texts.js").texts} */
export const texts = {
  copyAs: "Copiar como",
  copied: (form) => `Copiada para ${form}; la petición va a localhost:8000.`,
  notCopied: (form) => `Este navegador no deja copiar a la página; aquí está para ${form}:`,
  codeFor: (form) => `Petición para ${form}`,
  noBodyWith: (method) => `fetch() no envía cuerpo con ${method}; elija otra forma.`,
};
