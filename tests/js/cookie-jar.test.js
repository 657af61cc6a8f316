// Cookies of one app, after RFC 6265bis.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import "../../assets/cookie-jar.js";

const CookieJar = globalThis.asgiDocsCookieJar;

const MOUNT = "https://docs.example.org/site/live/~token/";
const NOW = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const SCRIPT = { byScript: true };

let jar;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date"], now: NOW });
  jar = new CookieJar(new URL(MOUNT));
});

/** Takes the cookies of an answer. */
const store = (headers, path = "/") => headers.map((header) => jar.store(header, path));
/** What is sent when only this header has been taken, at this mount. */
function sentAfter(header, mount = MOUNT) {
  const fresh = new CookieJar(new URL(mount));
  fresh.store(header, "/");
  return fresh.header("/");
}

test("a new jar sends nothing", () => {
  assert.equal(jar.header("/"), "");
});

// What is a cookie

for (const [header, sent, why] of [
  ["a=1", "a=1", "a pair"],
  ["  a = 1 ; Path=/", "a=1", "white space around"],
  ["\ta\t=\t1\t", "a=1", "tabs around"],
  ["a=\xc3\xa0", "a=\xc3\xa0", "bytes of an à, whose last is white space to JavaScript"],
  ["a=b=c", "a=b=c", "an equals sign in the value"],
  ['a="x y"', 'a="x y"', "quotes belong to the value"],
  ["a=1,2", "a=1,2", "a comma"],
  ["a=", "a=", "an empty value"],
  ["token", "token", "no name: the value alone"],
  ["=token", "token", "an empty name: the value alone"],
  ["", "", "nothing"],
  ["=", "", "neither name nor value"],
  ["; Path=/", "", "attributes only"],
  ["a=1; Priority=High; x; =; ;", "a=1", "attributes that say nothing to a jar"],
  ["a=1; SECURE; HTTPONLY; PATH=/", "a=1", "attributes in other letters"],
  ["a=1\n; Path=/", "", "a line feed"],
  ["a=\x00", "", "a NUL"],
  ["a=1; x=\x7f", "", "a control character in an attribute"],
  ["a=1\t2", "a=1\t2", "a tab inside"],
  [`a=${"x".repeat(4095)}`, `a=${"x".repeat(4095)}`, "4096 bytes of name and value"],
  [`a=${"x".repeat(4096)}`, "", "4097 bytes of name and value"],
]) {
  const shown = header.length < 40 ? JSON.stringify(header) : `${header.slice(0, 10)}…`;
  test(`Set-Cookie: ${shown} (${why})`, () => {
    assert.equal(sentAfter(header), sent);
  });
}

test("an attribute of more than 1024 bytes is none", () => {
  store([`a=1; Path=/${"x".repeat(1023)}`, `b=2; Path=/${"x".repeat(1024)}`]);
  assert.equal(jar.header("/"), "b=2");
});

// Domain

for (const [host, domain, kept] of [
  ["docs.example.org", "docs.example.org", true],
  ["docs.example.org", ".example.org", true],
  ["docs.example.org", "Example.ORG", true],
  ["docs.example.org", "", true],
  ["docs.example.org", "..example.org", false],
  ["docs.example.org", "example.org.", false],
  ["docs.example.org", "api.docs.example.org", false],
  ["docs.example.org", "ple.org", false],
  ["docs.example.org", "elsewhere.org", false],
  ["docs.example.org", "org", false],
  ["localhost", "localhost", true],
  ["localhost", "127.0.0.1", false],
  ["127.0.0.1", "127.0.0.1", true],
  ["127.0.0.1", "0.0.1", false],
  ["127.0.0.1", "1", false],
  ["[::1]", "[::1]", true],
]) {
  test(`a cookie of ${host} for "${domain}" is ${kept ? "kept" : "refused"}`, () => {
    assert.equal(sentAfter(`a=1; Domain=${domain}`, `http://${host}:8000/~t/`), kept ? "a=1" : "");
  });
}

test("the last Domain counts", () => {
  store(["a=1; Domain=elsewhere.org; Domain=example.org", "b=2; Domain=example.org; Domain=elsewhere.org"]);
  assert.equal(jar.header("/"), "a=1");
});

test("a host's own cookie and its domain's are two", () => {
  store(["a=1", "a=2; Domain=example.org", "a=3; Domain=docs.example.org", "a=4; Domain=.example.org"]);
  assert.equal(jar.header("/"), "a=1; a=4; a=3");
});

// Path

test("a path covers itself and what lies below it", () => {
  store(["a=1; Path=/shop"]);
  for (const path of ["/shop", "/shop/", "/shop/cart"]) assert.equal(jar.header(path), "a=1", path);
  for (const path of ["/", "/shopping", "/Shop", "/x/shop"]) assert.equal(jar.header(path), "", path);
});

test("a path that ends with a slash does not cover the path without it", () => {
  store(["a=1; path=/shop/"]);
  assert.equal(jar.header("/shop/cart"), "a=1");
  assert.equal(jar.header("/shop"), "");
});

for (const [requestPath, folder] of [
  ["/", "/"],
  ["/login", "/"],
  ["/account/login", "/account"],
  ["/account/login/", "/account/login"],
]) {
  test(`without a path, a cookie of ${requestPath} is for ${folder}`, () => {
    const stored = store(["a=1", "b=2; Path=relative", "c=3; Path=", "d=4; Path=/x; Path="], requestPath);
    assert.deepEqual(
      stored.map(({ path }) => path),
      [folder, folder, folder, folder],
    );
  });
}

test("a path may be meant with the mount or without it, and is one", () => {
  const mount = "/site/live/~token";
  store(["a=1; Path=/shop", `b=2; Path=${mount}/shop`, `c=3; Path=${mount}`, `d=4; Path=${mount}/`]);
  store([`a=5; Path=${mount}/shop`]);
  assert.equal(jar.header("/shop"), "a=5; b=2; c=3; d=4");
  assert.equal(jar.header("/"), "c=3; d=4");
});

test("a path may be meant with the mount of the app's first client", () => {
  const mount = "/site/live/~token";
  assert.equal(sentAfter(`a=1; Path=${mount}/`, `https://docs.example${mount}.2/`), "a=1");
  assert.equal(sentAfter(`a=1; Path=${mount}.2/`, `https://docs.example${mount}.2/`), "a=1");
});

test("a mount's path may be percent-encoded or not", () => {
  jar = new CookieJar(new URL("http://localhost/mes%20caf%C3%A9s/~token/"));
  store(["a=1; Path=/mes%20caf%C3%A9s/~token/shop", "b=2; Path=/mes caf\xc3\xa9s/~token/shop"]);
  assert.equal(jar.header("/shop"), "a=1; b=2");
});

test("a path that only begins like the mount is the app's own", () => {
  store(["a=1; Path=/site/live/~token2", "b=2; Path=/site"]);
  assert.equal(jar.header("/site/live/~token2"), "a=1; b=2");
  assert.equal(jar.header("/"), "");
});

// Order, and what replaces what

test("longer paths come first, then what was made first", () => {
  store(["a=1; Path=/", "b=2; Path=/shop", "c=3; Path=/", "d=4; Path=/shop"]);
  assert.equal(jar.header("/shop"), "b=2; d=4; a=1; c=3");
});

test("the same name and path replaces, and keeps its place", () => {
  store(["a=1; Path=/", "b=2; Path=/", "a=3; Path=/"]);
  assert.equal(jar.header("/"), "a=3; b=2");
});

test("what was deleted and is set again is new", () => {
  store(["a=1", "b=2", "a=; Max-Age=0", "a=3"]);
  assert.equal(jar.header("/"), "b=2; a=3");
});

test("the same name at another path, or in other letters, is another cookie", () => {
  store(["a=1; Path=/", "a=2; Path=/shop", "A=3; Path=/"]);
  assert.equal(jar.header("/shop"), "a=2; a=1; A=3");
});

test("of more than 180 cookies the oldest are gone", () => {
  store(Array.from({ length: 182 }, (_, number) => `c${number}=x`));
  const names = jar.cookies.map(({ name }) => name);
  assert.deepEqual([names.length, names[0], names.at(-1)], [180, "c2", "c181"]);
});

// Time

for (const attribute of [
  "Max-Age=0",
  "Max-Age=-1",
  "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
  "max-age=0",
  "Expires=Fri, 02 Jan 2026 00:00:00 GMT; Max-Age=0",
]) {
  test(`${attribute} deletes`, () => {
    store(["a=1; Path=/", "b=2; Path=/", `a=; Path=/; ${attribute}`]);
    assert.equal(jar.header("/"), "b=2");
  });
}

test("deleting at another path deletes nothing", () => {
  store(["a=1; Path=/shop", "a=; Path=/; Max-Age=0"]);
  assert.equal(jar.header("/shop"), "a=1");
});

test("Max-Age counts from the answer", () => {
  store(["a=1; Max-Age=60"]);
  mock.timers.tick(59_999);
  assert.equal(jar.header("/"), "a=1");
  mock.timers.tick(1);
  assert.equal(jar.header("/"), "");
});

test("no cookie lives longer than 400 days", () => {
  store(["a=1; Max-Age=99999999999999999999", "b=2; Expires=Fri, 31 Dec 9999 23:59:59 GMT"]);
  mock.timers.tick(400 * DAY - 1);
  assert.equal(jar.header("/"), "a=1; b=2");
  mock.timers.tick(1);
  assert.equal(jar.header("/"), "");
});

test("Max-Age wins over Expires, in any order", () => {
  const past = "Expires=Thu, 01 Jan 1970 00:00:00 GMT";
  store([`a=1; Max-Age=60; ${past}`, `b=2; ${past}; Max-Age=60`]);
  assert.equal(jar.header("/"), "a=1; b=2");
});

for (const unreadable of ["Max-Age=soon", "Max-Age=", "Max-Age=1e9", "Max-Age=+0", "Expires=tomorrow"]) {
  test(`${unreadable} leaves a session cookie`, () => {
    store([`a=1; ${unreadable}`]);
    assert.equal(jar.cookies[0].expires, null);
  });
}

const date = (...parts) => Date.UTC(...parts);
for (const [text, expected] of [
  ["Fri, 02 Jan 2026 03:04:05 GMT", date(2026, 0, 2, 3, 4, 5)],
  ["Friday, 02-Jan-26 03:04:05 GMT", date(2026, 0, 2, 3, 4, 5)],
  ["Fri Jan  2 03:04:05 2026", date(2026, 0, 2, 3, 4, 5)],
  ["2 january 2026 3:4:5", date(2026, 0, 2, 3, 4, 5)],
  ["2026 Jan 02 03:04:05", date(2026, 0, 2, 3, 4, 5)],
  ["03:04:05 02 Jan 2026 GMT+0200", date(2026, 0, 2, 3, 4, 5)],
  ["Wed, 02 Jan 2026 03:04:05.678 GMT", date(2026, 0, 2, 3, 4, 5)],
  ["02 Jan 69 00:00:00", NOW + 400 * DAY],
  ["02 Jan 70 00:00:00", date(1970, 0, 2)],
  ["02 Jan 99 00:00:00", date(1999, 0, 2)],
  ["02 Jan 1600 00:00:00", null],
  ["30 Feb 2026 00:00:00", null],
  ["00 Jan 2026 00:00:00", null],
  ["02 Jan 2026 24:00:00", null],
  ["02 Jan 2026 00:60:00", null],
  ["02 Jan 2026 00:00:60", null],
  ["02 Jan 2026 00:00", null],
  ["02 Jan 20260 00:00:00", null],
  ["2026-01-02T03:04:05Z", null],
  ["", null],
]) {
  test(`Expires=${text}`, () => {
    const cookie = jar.store(`a=1; Expires=${text}`, "/");
    assert.equal(cookie.expires, expected);
  });
}

// Secure, SameSite, prefixes

for (const [mount, kept] of [
  ["https://docs.example.org/", true],
  ["http://localhost:8000/", true],
  ["http://docs.localhost/", true],
  ["http://127.0.0.1/", true],
  ["http://127.1.2.3/", true],
  ["http://[::1]:8000/", true],
  ["http://docs.example.org/", false],
  ["http://notlocalhost/", false],
]) {
  test(`Secure at ${mount} is ${kept ? "kept" : "refused"}`, () => {
    assert.equal(sentAfter("a=1; Secure", mount), kept ? "a=1" : "");
    assert.equal(sentAfter("a=1", mount), "a=1");
  });
}

for (const [header, sent] of [
  ["a=1; SameSite=Strict", "a=1"],
  ["a=1; SameSite=lax", "a=1"],
  ["a=1; SameSite=unheard-of", "a=1"],
  ["a=1; SameSite=None", ""],
  ["a=1; SameSite=None; Secure", "a=1"],
  ["__Secure-a=1", ""],
  ["__Secure-a=1; Secure", "__Secure-a=1"],
  ["__secure-a=1", ""],
  ["__Host-a=1; Secure; Path=/", "__Host-a=1"],
  ["__Host-a=1; Secure; Path=/site/live/~token", "__Host-a=1"],
  ["__Host-a=1; Secure", ""],
  ["__Host-a=1; Path=/", ""],
  ["__HOST-a=1; Path=/", ""],
  ["__Host-a=1; Secure; Path=/; Domain=docs.example.org", ""],
  ["__Host-a=1; Secure; Path=/shop", ""],
  ["__Secure-a; Secure", ""],
  ["=__Host-a=1; Secure; Path=/", ""],
]) {
  test(`${header} is ${sent ? "kept" : "refused"}`, () => {
    assert.equal(sentAfter(header), sent);
  });
}

// Scripts

test("scripts neither see, make, change nor delete HttpOnly cookies", () => {
  store(["a=1; HttpOnly", "b=2"]);
  for (const header of ["a=3", "a=; Max-Age=0", "c=4; HttpOnly"]) {
    assert.equal(jar.store(header, "/", SCRIPT), null, header);
  }
  assert.equal(jar.header("/"), "a=1; b=2");
  assert.equal(jar.header("/", SCRIPT), "b=2");
});

test("scripts write and delete what is not HttpOnly", () => {
  store(["a=1", "b=2"]);
  jar.store("a=3", "/", SCRIPT);
  jar.store("b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "/", SCRIPT);
  assert.equal(jar.header("/"), "a=3");
});

test("an answer may hide from scripts what they have seen", () => {
  store(["a=1", "a=2; HttpOnly"]);
  assert.equal(jar.header("/"), "a=2");
  assert.equal(jar.header("/", SCRIPT), "");
});

test("a jar goes on where an earlier one was, without sharing its list", () => {
  store(["a=1; Path=/shop; Max-Age=60"]);
  const next = new CookieJar(new URL(MOUNT), structuredClone(jar.cookies));
  next.store("b=2; Path=/shop", "/");
  assert.equal(next.header("/shop"), "a=1; b=2");
  assert.equal(jar.header("/shop"), "a=1");
});
