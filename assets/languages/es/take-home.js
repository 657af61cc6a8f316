// @ts-check
/** @type {typeof import("../../take-home/texts.js").texts} */
export const texts = {
  share: "Copiar un enlace a este código",
  download: "Descargar la aplicación",
  copied: "El enlace está en el portapapeles; quien lo abra verá aquí su código.",
  notCopied: "El navegador no deja que las páginas escriban en el portapapeles. Copie el enlace de aquí:",
  link: "Enlace a este código",
  unchanged: "El enlace lleva al código del autor, porque usted no lo ha cambiado.",
  saved: "«uv run serve.py» ejecuta la aplicación en su equipo; su README dice más.",
  fromLink:
    "Este código ha venido con el enlace que ha seguido, y no es del autor de la página. Léalo antes de ejecutarlo.",
  otherThanYours:
    "El enlace que ha seguido trae otro código que el que usted ha editado aquí. El suyo se conserva hasta que elija.",
  takeLinks: "Mostrar el código del enlace",
  keepMine: "Conservar el mío",
  noBlock: "El enlace que ha seguido es de un código que esta página ya no tiene.",
  damaged: "El enlace que ha seguido está dañado, así que su código no se puede mostrar.",
};
