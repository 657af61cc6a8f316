// @ts-check
/**
 * References of a request to the answers of earlier ones, such as `{{login.body.token}}`.
 *
 * Authors are told of mistakes in them when pages are written: asgi_docs/block/requests/references.py.
 *
 * @import { AnsweredRequest, DocumentedRequest, HeaderPair, Json, RecordedAnswer } from "../types.d.ts"
 */

import { header, isJson, RECORDED_ORIGIN } from "./answers.js";
import { isObject, jsonText, parseJson } from "./exact-json.js";

const BRACES = /\{\{(.*?)\}\}/gs;
const REFERENCE = /^\s*([\w-]+)\.(status|body|headers)((?:\.[\w-]+)*)\s*$/;

/**
 * The request as it is sent.
 * @template {Pick<DocumentedRequest, "target" | "headers" | "body">} Request
 * @param {Request} request
 * @param {AnsweredRequest[]} earlier those to the same app that came before it, in their order
 * @returns {Request}
 * @throws {Error} a reference leads nowhere
 */
export function fill(request, earlier) {
  /** @type {HeaderPair[]} */
  const headers = request.headers.map(([name, value]) => [name, filled(value, earlier, oneLine)]);
  const { body } = request;
  return {
    ...request,
    target: ownTarget(filled(request.target, earlier, (value) => value)),
    headers,
    ...(typeof body === "string" ? { body: filled(body, earlier, encodingFor(headers)) } : {}),
  };
}

/**
 * The earlier requests whose answers a request refers to.
 * @template {AnsweredRequest} Earlier
 * @param {Pick<DocumentedRequest, "target" | "headers" | "body">} request
 * @param {Earlier[]} earlier as for `fill`
 */
export function needed({ target, headers, body = "" }, earlier) {
  const texts = [target, ...headers.map(([, value]) => value), body];
  const inners = texts.flatMap((text) => [...text.matchAll(BRACES)].map(([, inner]) => inner));
  const names = inners.map((inner) => REFERENCE.exec(inner)?.[1] ?? "");
  return earlier.filter((each) => names.some((name) => asked(name, earlier) === each));
}

/**
 * @template {AnsweredRequest} Earlier
 * @param {string} name or number
 * @param {Earlier[]} earlier
 */
function asked(name, earlier) {
  return [...earlier].reverse().find((each) => each.name === name) ?? earlier[Number(name) - 1];
}

/**
 * @param {string} text
 * @param {AnsweredRequest[]} earlier
 * @param {(value: string, reference: string) => string} encoded
 */
function filled(text, earlier, encoded) {
  return text.replace(BRACES, (reference, inner) =>
    encoded(referredTo(reference, inner, earlier), reference),
  );
}

/**
 * @param {string} reference
 * @param {string} inner what stands between the braces
 * @param {AnsweredRequest[]} earlier
 */
function referredTo(reference, inner, earlier) {
  const [, name, part, path] = REFERENCE.exec(inner) ?? [];
  if (!name) throw new Error(`${reference} cannot be read.`);
  const request = asked(name, earlier);
  if (!request) throw new Error(`${reference}: no request ${name} comes before this one.`);
  const { answer } = request;
  if (!answer) throw new Error(`${reference}: the request ${name} has no answer.`);
  if (part === "status") return String(answer.status);
  const keys = path.split(".").slice(1);
  return part === "body" ? bodyPart(reference, answer, keys) : headerOf(reference, answer, keys.join("."));
}

/**
 * @param {string} reference
 * @param {RecordedAnswer} answer
 * @param {string} name
 */
function headerOf(reference, answer, name) {
  const value = header(answer.headers, name.toLowerCase());
  if (value === undefined) throw new Error(`${reference}: the answer (${answer.status}) has no such header.`);
  return value;
}

/**
 * @param {string} reference
 * @param {RecordedAnswer} answer
 * @param {string[]} keys
 */
function bodyPart(reference, answer, keys) {
  if (answer.body === undefined) throw new Error(`${reference}: the answer's body is no text.`);
  if (!keys.length) return answer.body;
  let value = parseJson(answer.body);
  if (value === undefined) throw new Error(`${reference}: the answer's body is no JSON.`);
  for (const key of keys) {
    value = member(value, key);
    if (value === undefined) {
      throw new Error(`${reference}: the answer (${answer.status}) has no ${JSON.stringify(key)} there.`);
    }
  }
  return typeof value === "string" ? value : jsonText(value);
}

/**
 * @param {Json} value
 * @param {string} key
 * @returns {Json | undefined}
 */
function member(value, key) {
  if (Array.isArray(value)) return value[/^\d+$/.test(key) ? Number(key) : -1];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/**
 * @param {string} value
 * @param {string} reference
 */
function oneLine(value, reference) {
  if (/[\r\n\0]/.test(value)) throw new Error(`${reference}: a header cannot hold several lines.`);
  return value;
}

/**
 * The way a value is written in a body of the request's type.
 * @param {HeaderPair[]} headers
 * @returns {(value: string) => string}
 */
function encodingFor(headers) {
  if (isJson(headers)) return (value) => JSON.stringify(value).slice(1, -1);
  const isForm = header(headers, "content-type")?.startsWith("application/x-www-form-urlencoded");
  return isForm ? encodeURIComponent : (value) => value;
}

/**
 * A `Location` may be a whole URL; what a URL cannot hold is encoded.
 * @param {string} target
 */
function ownTarget(target) {
  const path = target.startsWith(`${RECORDED_ORIGIN}/`) ? target.slice(RECORDED_ORIGIN.length) : target;
  if (!/^\/(?!\/)/.test(path)) throw new Error(`${target} is no path of the app.`);
  return encodeURI(path.replace(/#.*/s, "")).replaceAll("%25", "%");
}
