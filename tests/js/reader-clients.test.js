// The reader's clients of one app, and their mounts in the service worker.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { ReaderClients } from "../../assets/reader-clients.js";

let clients;
let linked;

const registration = {
  mountOf: (token) => `https://docs.example/live/~${token}/`,
  link: async (token, connect) => linked.set(token, connect()),
  unlink: async (token) => linked.delete(token),
};

beforeEach(() => {
  linked = new Map();
  clients = new ReaderClients("token", registration);
});

const cookie = (name) => ({ name });

test("the first is there, and a second has a mount and a jar of its own", () => {
  clients.keep({ client: 1, cookies: [cookie("a")] });
  assert.deepEqual(clients.add(2), { client: 2, mount: "https://docs.example/live/~token.2/", cookies: [] });
  clients.keep({ client: 2, cookies: [cookie("b")] });
  assert.deepEqual(clients.mounts, [
    { client: 1, mount: "https://docs.example/live/~token/", cookies: [cookie("a")] },
    { client: 2, mount: "https://docs.example/live/~token.2/", cookies: [cookie("b")] },
  ]);
});

test("one that comes is linked, and the other's link stays as it is", async () => {
  await clients.link((client) => `first port of ${client}`);
  clients.add(2);
  await clients.link((client) => `port of ${client}`, [2]);
  assert.deepEqual(
    [...linked],
    [
      ["token", "first port of 1"],
      ["token.2", "port of 2"],
    ],
  );
  await clients.unlink();
  assert.equal(linked.size, 0);
});

test("one that is gone has no link, and its cookies are forgotten", async () => {
  clients.add(2);
  clients.keep({ client: 2, cookies: [cookie("b")] });
  await clients.link(() => "port");
  clients.remove(2);
  clients.keep({ client: 2, cookies: [cookie("late")] });
  assert.deepEqual([...linked.keys()], ["token"]);
  assert.deepEqual(clients.add(2).cookies, []);
  assert.deepEqual(clients.cookiesOf(2), []);
});
