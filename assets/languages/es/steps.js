// @ts-check
/** @type {typeof import("../../steps/texts.js").texts} */
export const texts = {
  changes: "Cambios",
  changesOf: (file) => `Cambios en ${file}`,
  amounts: (added, removed) => `${added} añadidas, ${removed} eliminadas`,
  newFile: (lines) => `nuevo, ${lines} líneas`,
  gone: "ya no está",
  noText: "cambiado; no es texto",
  added: (line) => `Añadida, línea ${line}:`,
  removed: (line) => `Eliminada, antes línea ${line}:`,
  copy: "Copiar como parche",
  copied: "Los cambios están en el portapapeles.",
  notCopied: "El navegador no deja que las páginas escriban en el portapapeles. Copie los cambios aquí:",
  same: "El código es el mismo que en el paso anterior.",
  noStep: "El paso anterior ya no está en esta página.",
  since: (name) => `Cambios desde «${name}»`,
  sinceLast: "Cambios desde el paso anterior",
};
