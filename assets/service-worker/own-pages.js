// @ts-check
/** Pages of ours in an app's place. */

/** Another load of the documentation page has another mount: this one's URL never works again. */
const PAGE_CLOSED = "The documentation page that runs this app was closed or loaded anew.";
/** A page of an old deploy and this service worker of a new one do not understand each other. */
const PAGE_OUTDATED = "The documentation was updated since the page that runs this app was loaded.";

/**
 * @param {number} status
 * @param {string} title
 * @param {string} reason
 */
function errorPage(status, title, reason) {
  const hint = HINTS[reason] ?? (status === 503 ? STOPPED_HINT : "");
  return ownPage(status, "error", title, `<p>${escaped(reason)}</p>${hint}`);
}

const STOPPED_HINT = "<p>Press <b>Run</b> on the documentation page. In a tab of its own, reload then.</p>";
const CLOSED_HINT = `<p>The app ended with it. Open the documentation page, press <b>Run</b> there, and come here
again by <b>Open in a new tab</b> above the preview; reloading this tab does not help.</p>`;
const OUTDATED_HINT =
  "<p>Reload the documentation page, and press <b>Run</b> there. It keeps what you edited.</p>";
/** @type {Record<string, string>} */
const HINTS = { [PAGE_CLOSED]: CLOSED_HINT, [PAGE_OUTDATED]: OUTDATED_HINT };

/**
 * Instead of another site in the app's frame, which a redirect would bring there. A frame that the app
 * itself has made may show what it likes: its parent is a page of the app.
 * @param {string} url
 */
function outsidePage(url) {
  const href = escaped(url);
  return ownPage(
    200,
    "outside",
    "The app leads to another site",
    `<p><a href="${href}" target="_blank" rel="noopener noreferrer">${href}</a> opens in a new tab.</p>
<script>
if (parent.asgiDocsFrame) location.replace(document.querySelector("a").href);
</script>`,
  );
}

/**
 * The preview knows a page of ours by its `asgi-docs` (ui/browser-pane.js).
 * @param {number} status
 * @param {"error" | "outside"} kind
 * @param {string} title
 * @param {string} content HTML
 */
function ownPage(status, kind, title, content) {
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="asgi-docs" content="${kind}">
<title>${title}</title>
<style>:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{margin:2rem;max-width:34rem}</style></head>
<body><h1>${title}</h1>${content}</body></html>`;
  return new Response(page, { status, headers: { "content-type": "text/html; charset=utf-8" } });
}
