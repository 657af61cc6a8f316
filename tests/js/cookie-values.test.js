// @ts-check
// What a session's cookie says, for readers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { decodedValue } from "../../assets/ui/cookies/decode.js";

const SESSION = { user: "émma", basket: [1, 2] };
const SHOWN = JSON.stringify(SESSION, null, 2);
const JSON_TEXT = JSON.stringify(SESSION);
const base64 = (content) => Buffer.from(content).toString("base64");
const base64url = (content) => Buffer.from(content).toString("base64url");

for (const [whose, value] of [
  ["Starlette's session", `${base64(JSON_TEXT)}.aSm1Qg.0vC9x-4f2yJkQ`],
  ["Flask's session", `${base64url(JSON_TEXT)}.aSm1Qg.0vC9x-4f2yJkQ`],
  ["Flask's long session", `.${base64url(deflateSync(JSON_TEXT))}.aSm1Qg.0vC9x-4f2yJkQ`],
  ["Django's signed cookie", `${base64url(JSON_TEXT)}:1vPk2L:0vC9x-4f2yJkQ`],
  ["a JSON Web Token", `${base64url('{"alg":"HS256","typ":"JWT"}')}.${base64url(JSON_TEXT)}.c2lnbmF0dXJl`],
  ["plain JSON", JSON_TEXT],
  ["JSON with percent-encoding", encodeURIComponent(JSON_TEXT)],
  ["a value in quotes", `"${base64(JSON_TEXT)}"`],
])
  test(`${whose} is read`, async () => {
    assert.equal(await decodedValue(value), SHOWN);
  });

for (const value of ["", "dark", "3", "1.2.3", "%E9", "true", "abcd.efgh", ".AAAA.B", base64('"text"')])
  test(`nothing is made of ${value || "an empty value"}`, async () => {
    assert.equal(await decodedValue(value), null);
  });
