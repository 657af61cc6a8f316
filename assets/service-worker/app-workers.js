// @ts-check
/** Scripts of an app's own web workers: our worker client goes before them. */

/** Of the script, where a directive is looked for. */
const SCRIPT_PREAMBLE = 4096;

/**
 * @param {Response} response
 * @param {string} mount path of the app's mount, without a slash at its end
 * @param {"classic" | "module"} type
 */
async function withWorkerClient(response, mount, type) {
  if (!response.ok) return response;
  const script = await response.arrayBuffer();
  const start = new TextDecoder("latin1").decode(script.slice(0, SCRIPT_PREAMBLE));
  const line = globalThis.asgiDocsWorkers.prologue(start, { front: frontFolder, mount, type });
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return new Response(new Blob([line, script]), { status: response.status, headers });
}
