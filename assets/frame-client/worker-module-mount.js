// @ts-check
/** First of the worker client's files in a module worker, which is told of its app in the client's URL. */

{
  const url = new URL(import.meta.url);
  Object.assign(globalThis, {
    asgiDocsWorker: { front: new URL("./", url).href, mount: url.searchParams.get("mount") ?? "" },
  });
}
