// @ts-check
/** @type {typeof import("../../ui/wire/texts.js").texts} */
export const texts = {
  since:
    "Mensajes ASGI a partir de ahora, y los del lifespan. Las peticiones que empezaron antes solo están en el registro.",
  choose: "Elija una petición para ver sus mensajes.",
  notSeen: "Esta petición empezó antes de abrir esta pestaña, o ya no se conserva.",
  exchanges: "Peticiones, WebSockets y lifespan",
  messagesOf: (title) => `Mensajes ASGI de ${title}`,
  lifespan: "Lifespan",
  own: (title) => `${title} (de la propia aplicación)`,
  ofClient: (title, number) => `${title} (cliente ${number})`,
  states: {
    waiting: "en espera",
    open: "abierto",
    closed: (code) => (code === null ? "cerrado" : `cerrado, ${code}`),
    raised: "excepción",
    started: "iniciado",
    ended: "terminado",
    failed: "fallido",
  },
  kinds: {
    failed: "rechazado",
    returned: "La aplicación ha terminado.",
    raised: "La aplicación ha lanzado una excepción.",
  },
  dropped: (count) =>
    count === 1 ? "Se ha descartado 1 mensaje anterior." : `Se han descartado ${count} mensajes anteriores.`,
  beginning: "Este es su comienzo.",
};
