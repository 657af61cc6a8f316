const RAW = (lifespan) => `
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
${lifespan.map((line) => `        ${line}`).join("\n")}
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"here"})
`;

/** Starts the second block with other code; gives it, what it prints, and why it did not start. */
const startWith = async (code) => {
  const block = document.querySelectorAll("asgi-live")[1];
  const seen = { block, output: "", error: null };
  block.addEventListener("asgi-live:output", ({ detail }) => {
    seen.output += detail.text;
  });
  await block.stop();
  block.code = code;
  await block.start().catch((error) => {
    seen.error = error;
  });
  return seen;
};

export default {
  title: "Lifespan",
  checks: {
    "what startup yields is the state of each request; only what it holds is shared": async ({
      fetch,
      equal,
    }) => {
      const first = await (await fetch("/state")).json();
      equal(first, ["tea!", [0]]);
      const second = await (await fetch("/state")).json();
      equal(second, ["tea!", [0, 1]]);
    },

    "startup runs before the first request, shutdown at the stop": async ({ block, until, equal }) => {
      const { block: other, ...seen } = await startWith(block.code);
      equal(seen.error, null);
      const output = [];
      other.addEventListener("asgi-live:output", ({ detail }) => output.push(detail.text));
      await other.stop();
      await until(() => output.join("").includes("shutdown"));
    },

    "an app that raises on the lifespan scope runs without": async ({ equal }) => {
      const { block, error } = await startWith(RAW(['raise RuntimeError("no lifespan here")']));
      equal([error, block.state], [null, "running"]);
      equal(await (await block.fetch("/")).text(), "here");
    },

    "an app that returns from the lifespan scope runs without": async ({ equal }) => {
      const { block, error } = await startWith(RAW(["return"]));
      equal([error, block.state], [null, "running"]);
    },

    "a failed startup is told with what the app said": async ({ equal, ok }) => {
      const { block, error } = await startWith(
        RAW([
          "await receive()",
          'await send({"type": "lifespan.startup.failed", "message": "no tea today"})',
          "return",
        ]),
      );
      equal([error?.stage, block.state], ["startup", "failed"]);
      ok(error.message.includes("no tea today"), error.message);
    },

    "an exception in startup is told with its traceback": async ({ block: running, equal, ok }) => {
      const code = running.code.replace('print("startup")', 'raise ValueError("no kettle")');
      const { block, error } = await startWith(code);
      equal([error?.stage, block.state], ["startup", "failed"]);
      ok(error.message.includes("ValueError: no kettle"), error.message);
      ok(/line 13, in lifespan/.test(error.message), error.message);
    },

    "a startup that never ends can be stopped": async ({ until, equal }) => {
      const block = document.querySelectorAll("asgi-live")[1];
      await block.stop();
      block.code = RAW([
        "await receive()",
        'print("waiting")',
        "import asyncio",
        "await asyncio.Event().wait()",
      ]);
      let printed = false;
      block.addEventListener("asgi-live:output", () => {
        printed = true;
      });
      const outcome = block.start().then(
        () => "started",
        () => "ended",
      );
      await until(() => printed, 50_000);
      await block.stop();
      equal([await outcome, block.state], ["ended", "stopped"]);
    },
  },
};
