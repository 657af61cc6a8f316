export default {
  title: "Code that wants threads",
  checks: {
    "a `def` endpoint answers": async ({ fetch, equal }) => {
      equal(await (await fetch("/plain")).text(), "from a plain function");
    },

    "an exception of a `def` endpoint is status 500": async ({ fetch, equal }) => {
      equal((await fetch("/crash")).status, 500);
    },

    "`time.sleep` takes its time": async ({ fetch, equal, ok }) => {
      const begin = performance.now();
      equal(await (await fetch("/slow")).text(), "slept");
      ok(performance.now() - begin > 150, "it did not sleep");
    },

    "background tasks run after the response, in their order": async ({ fetch, until, equal }) => {
      await (await fetch("/take_events")).text();
      equal(await (await fetch("/background")).text(), "done");
      const seen = [];
      await until(async () => {
        seen.push(...(await (await fetch("/take_events")).json()));
        return seen.length === 3;
      });
      equal(seen, ["response made", "plain task", "coroutine task"]);
    },

    "`FileResponse` sends a file, or a range of it": async ({ fetch, equal }) => {
      const whole = await fetch("/file");
      equal(whole.headers.get("content-disposition"), 'attachment; filename="tea.txt"');
      equal((await whole.text()).length, 200_000);
      const part = await fetch("/file", { headers: { range: "bytes=4-6" } });
      equal([part.status, await part.text()], [206, "tea"]);
    },

    "`StaticFiles` serves a folder, with conditional requests": async ({ fetch, equal }) => {
      const response = await fetch("/static/tea.txt");
      equal([response.status, (await response.text()).length], [200, 200_000]);
      const headers = { "if-none-match": response.headers.get("etag") };
      const again = await fetch("/static/tea.txt", { headers, cache: "no-store" });
      equal([again.status, await again.text()], [304, ""]);
      equal((await fetch("/static/coffee.txt")).status, 404);
    },

    "a response streams from a plain generator": async ({ fetch, equal }) => {
      equal(await (await fetch("/stream")).text(), "line 0\nline 1\nline 2\n");
    },

    "an uploaded file, larger than is kept in memory, arrives whole": async ({ fetch, equal }) => {
      const bytes = new Uint8Array(3_000_000).map((_, index) => index % 253);
      const body = new FormData();
      body.append("file", new File([bytes], "bytes.bin", { type: "application/x-bytes" }));
      const response = await fetch("/upload", { method: "POST", body });
      const sum = bytes.reduce((total, byte) => total + byte, 0) % 251;
      equal(await response.json(), ["bytes.bin", "application/x-bytes", 3_000_000, sum]);
    },

    "`asyncio.to_thread`, executors and `run_in_threadpool` give results": async ({ fetch, equal }) => {
      equal(await (await fetch("/calls")).json(), {
        to_thread: 25,
        run_in_executor: 36,
        "own executor": 49,
        run_in_threadpool: 64,
        "pool.map": [1, 4, 9],
        "pool.submit": 16,
      });
    },

    "their exceptions reach the caller": async ({ fetch, equal }) => {
      equal(await (await fetch("/errors")).json(), {
        to_thread: "negative",
        run_in_executor: "negative",
        run_in_threadpool: "negative",
      });
    },

    "context variables reach the function": async ({ fetch, equal }) => {
      equal(await (await fetch("/context")).json(), ["Ann", "Ann"]);
    },

    "many at once give their results in order": async ({ fetch, equal }) => {
      const squares = Array.from({ length: 20 }, (_, number) => number * number);
      equal(await (await fetch("/gather")).json(), squares);
    },

    "a thread runs beside the code that waits for it": async ({ fetch, equal }) => {
      const response = await fetch("/thread");
      equal([response.status, await response.text()], [200, "joined"]);
    },
  },
};
