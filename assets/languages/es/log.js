// @ts-check
/** @type {typeof import("../../ui/log/texts.js").texts} */
export const texts = {
  empty: "Nada todavía: aquí aparecen las peticiones, print() y los tracebacks.",
  dropped: "Se han descartado líneas anteriores.",
  startedAt: (time) => `Iniciada a las ${time.toLocaleTimeString("es")}`,
  tools: "Herramientas del registro",
  filter: "Filtrar",
  filterLabel: "Mostrar solo lo que contiene este texto",
  kinds: { request: "Peticiones", output: "Salida", error: "Errores" },
  kindTitles: {
    request: "Una línea por petición",
    output: "Lo que la aplicación imprime y registra",
    error: "Tracebacks, lo que llega por stderr y respuestas a partir de 400",
  },
  copy: "Copiar",
  clear: "Vaciar",
  filtered: (hidden, all) =>
    hidden === all ? "Todas las líneas están ocultas." : `${hidden} de ${all} ocultas.`,
  copied: (count) => (count === 1 ? "1 línea copiada." : `${count} líneas copiadas.`),
  nothingToCopy: "No hay ninguna línea que copiar.",
  copyRefused: "El navegador no permite copiar a esta página; seleccione las líneas y pulse Ctrl+C.",
  messages: "mensajes",
  messagesOf: (title) => `Mensajes ASGI de ${title}`,
  client: (number) => `cliente ${number}`,
  goingOn: "en curso",
  cut: (size) => `cortada tras ${size}`,
  frames: (count, packages) =>
    `… ${count} ${count === 1 ? "marco" : "marcos"}${packages && ` de ${packages}`}`,
  goTo: (file, line) => `Mostrar la línea ${line} de ${file}`,
  was: (text, input) => `${text} (era ${input})`,
  moreRefusals: (count) => `… y ${count} más`,
};
