// @ts-check
/** @type {typeof import("../../requests/texts.js").texts} */
export const texts = {
  send: "Enviar",
  check: "Comprobar",
  done: "Hecho.",
  requestOf: (name) => `Petición ${name}`,
  answerTo: (name) => `Respuesta a ${name}`,
  editHint: "Ctrl+Intro envía la petición, Esc sale del editor.",
  noBlock: "La aplicación a la que va esta petición no está en la página.",
  starting: "Iniciando la aplicación…",
  restarting: "La aplicación se inicia con sus cambios…",
  notStarted: (headline) => `${headline} Su bloque dice más.`,
  showBlock: "Mostrar el bloque",
  sending: "Enviando…",
  first: ({ method, target }) => `Antes se envía ${method} ${target}, cuya respuesta hace falta…`,
  neededFailed: ({ method, target }, reason) =>
    `No se ha enviado, porque ${method} ${target} no tiene respuesta: ${reason}`,
  answered: (status, time) => `${status} en ${time}.`,
  receiving: (status) => `${status}, continúa…`,
  stopped: (status, time) => `${status}, detenida tras ${time}.`,
  asRecorded: "Como está registrada.",
  asRecordedSoFar: "Como está registrada, hasta donde llega el registro.",
  differs: "Difiere de la respuesta registrada:",
  notCompared: "La petición está editada, así que su respuesta no se compara con la registrada.",
  notWhole: "No está completa, así que no se compara con la registrada.",
  save: (size) => `Guardar el cuerpo (${size} bytes)`,
  picture: "Imagen con la que ha respondido la aplicación",
  body: "Cuerpo de la respuesta",
  beginningDropped: "No se muestra el principio.",
  tooLong: (limit) => `La respuesta ocupa más de ${limit >> 20} MB.`,
  wrong: {
    empty: "No hay ninguna petición que enviar; escriba una como «GET /books».",
    several: "Aquí hay varias peticiones y se envía una cada vez; borre las demás.",
    header: (line, text) =>
      `Línea ${line}: «${text}» no es una cabecera como «Accept: text/html»; el cuerpo va tras una línea vacía.`,
    host: (line, target) =>
      `Línea ${line}: las peticiones van a la aplicación del bloque; escriba solo la ruta de ${target}.`,
    path: (line, target) => `Línea ${line}: una ruta empieza por una sola «/», no por «${target}».`,
    spaces: (line, target) =>
      `Línea ${line}: una ruta no tiene espacios («${target}»); escriba %20 en lugar de un espacio.`,
  },
};
