// @ts-check
/** @type {typeof import("../../request-code/texts.js").texts} */
export const texts = {
  copyAs: "Kopieren als",
  copied: (form) => `Kopiert für ${form}; die Anfrage geht an localhost:8000.`,
  notCopied: (form) => `Dieser Browser lässt die Seite nicht kopieren; hier ist es für ${form}:`,
  codeFor: (form) => `Anfrage für ${form}`,
  noBodyWith: (method) => `fetch() sendet mit ${method} keinen Inhalt; eine andere Form wählen.`,
};
