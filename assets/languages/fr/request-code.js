// @ts-check
/** @type {typeof import("../../request-code/texts.js").texts} */
export const texts = {
  copyAs: "Copier comme",
  copied: (form) => `Copiée pour ${form} ; la requête va à localhost:8000.`,
  notCopied: (form) => `Ce navigateur ne laisse pas la page copier ; la voici pour ${form} :`,
  codeFor: (form) => `Requête pour ${form}`,
  noBodyWith: (method) => `fetch() n’envoie pas de corps avec ${method} ; choisissez une autre forme.`,
};
