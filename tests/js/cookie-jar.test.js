// Cookies of one app, after RFC 6265.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { CookieJar } from "../../assets/cookie-jar.js";

const NOW = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;

/** @type {CookieJar} */ let jar;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date"], now: NOW });
  jar = new CookieJar();
});

/**
 * What a request to a path sends, after the answers to earlier ones.
 * @param {string} path
 * @param {boolean} [secure]
 */
const sentTo = (path, secure = true) => jar.header([path], secure);

test("a new jar sends nothing", () => {
  assert.equal(sentTo("/"), null);
});

for (const [setCookie, sent, why] of [
  ["a=1", "a=1", "a pair"],
  ["  a = 1 ; Path=/", "a=1", "white space around"],
  ["a=b=c", "a=b=c", "an equals sign in the value"],
  ['a="x y"', 'a="x y"', "quotes belong to the value"],
  ["a=", "a=", "an empty value"],
  ["token", "token", "no name: the value alone"],
  ["=token", "token", "an empty name: the value alone"],
  ["", null, "nothing"],
  ["=", null, "neither name nor value"],
  ["; Path=/", null, "attributes only"],
  ["a=1; SameSite=Strict; Priority=High; x", "a=1", "attributes that say nothing to a jar"],
]) {
  test(`Set-Cookie: ${JSON.stringify(setCookie)} (${why})`, () => {
    jar.store([setCookie ?? ""], "/");
    assert.equal(sentTo("/"), sent);
  });
}

test("a path covers itself and what lies below it", () => {
  jar.store(["a=1; Path=/shop"], "/");
  for (const path of ["/shop", "/shop/", "/shop/cart"]) assert.equal(sentTo(path), "a=1", path);
  for (const path of ["/", "/shopping", "/Shop", "/x/shop"]) assert.equal(sentTo(path), null, path);
});

test("a path that ends with a slash does not cover the path without it", () => {
  jar.store(["a=1; path=/shop/"], "/");
  assert.equal(sentTo("/shop/cart"), "a=1");
  assert.equal(sentTo("/shop"), null);
});

for (const [requestPath, folder] of [
  ["/", "/"],
  ["/login", "/"],
  ["/account/login", "/account"],
  ["/account/login/", "/account/login"],
]) {
  test(`without a path, a cookie of ${requestPath} is for ${folder}`, () => {
    jar.store(["a=1", "b=2; Path=relative", "c=3; Path="], requestPath);
    assert.deepEqual(new Set(jar.cookies.map(({ path }) => path)), new Set([folder]));
  });
}

test("a path may be meant with the mount or without it", () => {
  jar.store(["inner=1; Path=/shop", "outer=2; Path=/docs/~token/shop"], "/");
  assert.equal(jar.header(["/shop", "/docs/~token/shop"], true), "outer=2; inner=1");
  assert.equal(jar.header(["/", "/docs/~token/"], true), null);
});

test("longer paths come first, then what was stored first", () => {
  jar.store(["a=1; Path=/", "b=2; Path=/shop", "c=3; Path=/", "d=4; Path=/shop"], "/");
  assert.equal(sentTo("/shop"), "b=2; d=4; a=1; c=3");
});

test("the same name and path replaces, and keeps its place", () => {
  jar.store(["a=1; Path=/", "b=2; Path=/", "a=3; Path=/"], "/");
  assert.equal(sentTo("/"), "a=3; b=2");
});

test("the same name at another path, or in other letters, is another cookie", () => {
  jar.store(["a=1; Path=/", "a=2; Path=/shop", "A=3; Path=/"], "/");
  assert.equal(sentTo("/shop"), "a=2; a=1; A=3");
});

for (const attribute of ["Max-Age=0", "Max-Age=-1", "Expires=Thu, 01 Jan 1970 00:00:00 GMT", "max-age=0"]) {
  test(`${attribute} deletes`, () => {
    jar.store(["a=1; Path=/", "b=2; Path=/"], "/");
    jar.store([`a=; Path=/; ${attribute}`], "/");
    assert.equal(sentTo("/"), "b=2");
  });
}

test("deleting at another path deletes nothing", () => {
  jar.store(["a=1; Path=/shop"], "/");
  jar.store(["a=; Path=/; Max-Age=0"], "/");
  assert.equal(sentTo("/shop"), "a=1");
});

test("Max-Age counts from the answer", () => {
  jar.store(["a=1; Max-Age=60"], "/");
  mock.timers.tick(59_999);
  assert.equal(sentTo("/"), "a=1");
  mock.timers.tick(1);
  assert.equal(sentTo("/"), null);
});

test("Expires is a date, of old form too", () => {
  jar.store(
    ["a=1; Expires=Fri, 02 Jan 2026 00:00:00 GMT", "b=2; Expires=Friday, 02-Jan-26 00:00:00 GMT"],
    "/",
  );
  mock.timers.tick(DAY - 1);
  assert.equal(sentTo("/"), "a=1; b=2");
  mock.timers.tick(1);
  assert.equal(sentTo("/"), null);
});

test("Max-Age wins over Expires, in any order", () => {
  const past = "Expires=Thu, 01 Jan 1970 00:00:00 GMT";
  jar.store([`a=1; Max-Age=60; ${past}`, `b=2; ${past}; Max-Age=60`], "/");
  assert.equal(sentTo("/"), "a=1; b=2");
});

test("what cannot be read leaves a session cookie", () => {
  jar.store(["a=1; Max-Age=soon", "b=2; Expires=tomorrow", "c=3; Max-Age="], "/");
  mock.timers.tick(1000 * DAY);
  assert.equal(sentTo("/"), "a=1; b=2; c=3");
});

test("Secure cookies go over https and to localhost only", () => {
  jar.store(["a=1; Secure", "b=2"], "/");
  assert.equal(sentTo("/", true), "a=1; b=2");
  assert.equal(sentTo("/", false), "b=2");
});

test("HttpOnly is kept for whoever shows cookies to a page's script", () => {
  jar.store(["a=1; HttpOnly", "b=2"], "/");
  assert.deepEqual(
    jar.cookies.map(({ name, httpOnly }) => [name, httpOnly]),
    [
      ["a", true],
      ["b", false],
    ],
  );
});

test("a jar goes on where an earlier one was, without sharing its list", () => {
  jar.store(["a=1; Path=/shop; Max-Age=60"], "/");
  const next = new CookieJar(structuredClone(jar.cookies));
  next.store(["b=2; Path=/shop"], "/");
  assert.equal(next.header(["/shop"], true), "a=1; b=2");
  assert.equal(sentTo("/shop"), "a=1");
});
