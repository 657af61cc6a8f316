// @ts-check
/** @type {typeof import("../../editor/texts.js").texts} */
export const texts = {
  files: "Archivos de la app",
  codeOf: (name) => `Código de ${name}`,
  hint: "Ctrl+Intro ejecuta, Tab sangra, Esc sale.",
  hintReadOnly: "Este código no se puede cambiar. Ctrl+Intro lo ejecuta, Esc sale del editor.",
  newLines: (lines) => `Nuevas en este paso, junto a la barra: líneas ${lines}.`,
  add: "Añadir archivo",
  rename: "Cambiar nombre",
  delete: "Eliminar",
  undoDelete: "Deshacer eliminar",
  cancel: "Cancelar",
  newName: "Nombre del archivo nuevo",
  nameFor: (path) => `Nuevo nombre de ${path}`,
  binary: (path) => `${path} no es texto: la app lo tiene y aquí no se puede editar.`,
  wrongName: {
    empty: "Un archivo necesita un nombre, como «models.py».",
    absolute: "Escribe un nombre dentro de la carpeta de la app, como «templates/home.html».",
    parent: "Entre las barras de un nombre no puede haber «.», «..» ni nada vacío.",
    characters: "Un nombre no lleva barra invertida, dos puntos ni caracteres de control.",
    long: "Un nombre tiene como máximo 200 caracteres.",
    taken: (path) => `Ya hay un archivo «${path}».`,
    folder: (path) => `«${path}» es un archivo, así que no puede ser también una carpeta.`,
  },
  keep: {
    label: "Conservar sus archivos",
    explanation:
      "Cuando la app se inicia de nuevo, encuentra los archivos que ha escrito, como una base de datos.",
    failure:
      "No se conservaron los archivos de la app: no se detuvo a tiempo o pasan de 50 MB. Se inicia sin ellos.",
  },
};
