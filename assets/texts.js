// @ts-check
/** Every sentence that a reader sees, in one place. */

export const texts = {
  run: "Run",
  stop: "Stop",
  restart: "Restart",
  runAgain: "Run again",
  stale: "Edited; this runs from the next start on. Ctrl+Enter starts it.",
  retry: "Try again",
  edit: "Edit",
  reset: "Reset",
  undoReset: "Undo reset",
  restoreEdits: "Restore edits",
  takeHome: "Share or download",
  whatChanged: "What changed",
  preview: "Preview",
  requestsTab: "Requests",
  log: "Log",
  cookies: "Cookies",
  asgi: "ASGI",
  views: "Views of the running app",
  marks: { news: "(new)", error: "(errors)" },
  back: "Back",
  forward: "Forward",
  reload: "Reload",
  address: "Address",
  openInTab: "Open in a new tab",
  fullScreen: "Full screen",
  secondClient: "Second client",
  openSecondClient: "Open a second client, with cookies of its own",
  stopping: "Stopping…",
  stopped: "Stopped.",
  parked: {
    /** @param {number} limit */
    room: (limit) =>
      `Stopped to make room: a page runs ${limit} apps at a time, and this one was unused longest. Run starts it again.`,
    /** @param {number} minutes */
    unseen: (minutes) =>
      `Stopped to free memory: for ${minutes} minutes nobody has seen or used it. Run starts it again.`,
  },
  running: "Running.",
  waiting: "Waiting for the app's answer; Stop or Restart ends it.",
  /** @param {number} seconds */
  since: (seconds) => `${seconds} s`,

  /** @param {string} name */
  codeOf: (name) => `Code of ${name}`,
  /** @param {string} name */
  previewOf: (name) => `Preview of ${name}`,
  /** @param {string} name */
  controlsOf: (name) => `Controls of ${name}`,

  stages: {
    download: "Downloading Python and the packages",
    interpreter: "Starting Python",
    import: "Importing the app",
    startup: "Running the app's startup",
  },
  /**
   * @param {string} loaded
   * @param {string} total
   */
  downloaded: (loaded, total) => `${loaded} of ${total} MB`,

  failures: {
    download: "Python could not be downloaded.",
    interpreter: "Python could not be started.",
    import: "The app could not be imported.",
    startup: "The app's startup failed.",
    running: "Python stopped unexpectedly.",
  },
  /** @param {number} seconds */
  tookTooLong: (seconds) => `This took longer than ${seconds} seconds.`,
  /**
   * @param {string} url
   * @param {number} status
   */
  notFound: (url, status) =>
    `${url} answered with status ${status}. Was the site packaged (“asgi-docs package”) after its last build?`,
  /** @param {string} host */
  notFrom: (host) => `${host} cannot be reached from here, or sends other files than this page was made for.`,
  /** @param {number} seconds */
  shutdownCut: (seconds) =>
    `The app's shutdown was cut short: it is given ${seconds} s, or an endless loop keeps it from its turn.`,
  startCancelled: "The start was stopped.",
  outdated: {
    headline: "The site was updated since this page was loaded.",
    whatToDo: "Reload the page, then run it; your edits are kept.",
  },
  incomplete: {
    headline: "A part of the page could not be loaded.",
    whatToDo: "Reload it, and try again; your edits are kept.",
  },
  fetchPath: 'fetch() takes a path of the app, such as "/items?limit=2".',
  notStarted: "The app is not running.",

  noPreview: "The preview is not available here.",
  unavailable: {
    insecure:
      "This page came over plain http, and a browser gives service workers to https and localhost only. Open it over https to use the preview.",
    unsupported:
      "This browser, or this private window, has no service workers. Open the page in an ordinary window of a current browser to use the preview.",
    blocked:
      "The browser's settings block storage for this site, and service workers with it. Allow it for this site to use the preview.",
    outdated: "The site was updated since this page was loaded. Reload the page to use the preview.",
    failed: "The preview's service worker could not be started. Reload the page to try again.",
  },
  requestsOnly: "Meanwhile, requests go straight to the app: change the address above and press Enter.",
};
