// @ts-check
/** @type {typeof import("../../texts.js").texts} */
export const texts = {
  run: "Ejecutar",
  stop: "Detener",
  restart: "Reiniciar",
  runAgain: "Ejecutar de nuevo",
  stale: "Editado; se usará desde el próximo inicio. Ctrl+Intro lo inicia.",
  retry: "Reintentar",
  edit: "Editar",
  reset: "Restablecer",
  undoReset: "Deshacer restablecer",
  restoreEdits: "Recuperar los cambios",
  takeHome: "Compartir o descargar",
  whatChanged: "Qué ha cambiado",
  preview: "Vista previa",
  requestsTab: "Peticiones",
  log: "Registro",
  cookies: "Cookies",
  asgi: "ASGI",
  views: "Vistas de la aplicación en marcha",
  marks: { news: "(nuevo)", error: "(errores)" },
  back: "Atrás",
  forward: "Adelante",
  reload: "Recargar",
  address: "Dirección",
  openInTab: "Abrir en una pestaña nueva",
  fullScreen: "Pantalla completa",
  secondClient: "Segundo cliente",
  openSecondClient: "Abrir un segundo cliente, con cookies propias",
  stopping: "Deteniendo…",
  stopped: "Detenida.",
  parked: {
    room: (limit) =>
      `Detenida para hacer sitio: una página ejecuta ${limit} aplicaciones a la vez, y esta llevaba más tiempo sin usarse. «Ejecutar» la inicia de nuevo.`,
    unseen: (minutes) =>
      `Detenida para liberar memoria: nadie la ha visto ni usado en ${minutes} minutos. «Ejecutar» la inicia de nuevo.`,
  },
  running: "En marcha.",
  waiting: "La aplicación aún no ha respondido; «Detener» o «Reiniciar» terminan la espera.",
  since: (seconds) => `${seconds} s`,
  codeOf: (name) => `Código de ${name}`,
  previewOf: (name) => `Vista previa de ${name}`,
  controlsOf: (name) => `Controles de ${name}`,
  stages: {
    download: "Descargando Python y los paquetes",
    interpreter: "Iniciando Python",
    import: "Importando la aplicación",
    startup: "Poniendo en marcha la aplicación",
  },
  downloaded: (loaded, total) => `${loaded} de ${total} MB`,
  failures: {
    download: "No se ha podido descargar Python.",
    interpreter: "No se ha podido iniciar Python.",
    import: "No se ha podido importar la aplicación.",
    startup: "La puesta en marcha de la aplicación ha fallado.",
    running: "Python se ha detenido de forma inesperada.",
  },
  tookTooLong: (seconds) => `Ha tardado más de ${seconds} segundos.`,
  notFound: (url, status) =>
    `${url} ha respondido con el estado ${status}. ¿Se empaquetó el sitio («asgi-docs package») después de generarlo?`,
  notFrom: (host) =>
    `No se puede acceder a ${host} desde aquí, o envía archivos distintos de aquellos para los que se hizo esta página.`,
  shutdownCut: (seconds) =>
    `Se ha interrumpido el cierre de la aplicación: tiene ${seconds} s, o un bucle sin fin no la deja llegar a su turno.`,
  startCancelled: "Se ha detenido el inicio.",
  outdated: {
    headline: "El sitio se ha actualizado desde que se cargó esta página.",
    whatToDo: "Recargue la página y ejecútela; sus cambios se conservan.",
  },
  incomplete: {
    headline: "No se ha podido cargar una parte de la página.",
    whatToDo: "Recárguela e inténtelo de nuevo; sus cambios se conservan.",
  },
  fetchPath: 'fetch() toma una ruta de la aplicación, como "/items?limit=2".',
  notStarted: "La aplicación no está en marcha.",
  noPreview: "La vista previa no está disponible aquí.",
  unavailable: {
    insecure:
      "Esta página ha llegado por http sin cifrar, y los navegadores solo permiten service workers con https y en localhost. Ábrala por https para usar la vista previa.",
    unsupported:
      "Este navegador, o esta ventana privada, no tiene service workers. Abra la página en una ventana normal de un navegador actual para usar la vista previa.",
    blocked:
      "La configuración del navegador impide que este sitio guarde datos y, con ello, los service workers. Permítalo para este sitio para usar la vista previa.",
    outdated:
      "El sitio se ha actualizado desde que se cargó esta página. Recargue la página para usar la vista previa.",
    failed:
      "No se ha podido iniciar el service worker de la vista previa. Recargue la página para intentarlo de nuevo.",
  },
  requestsOnly:
    "Mientras tanto, las peticiones van directamente a la aplicación: cambie la dirección de arriba y pulse Intro.",
};
