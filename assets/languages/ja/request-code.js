// @ts-check
/** @type {typeof import("../../request-code/texts.js").texts} */
export const texts = {
  copyAs: "コピー形式",
  copied: (form) => `${form} 用にコピーしました。宛先は localhost:8000 です。`,
  notCopied: (form) => `このブラウザーではページからコピーできません。${form} 用はこちらです:`,
  codeFor: (form) => `${form} 用のリクエスト`,
  noBodyWith: (method) => `fetch() は ${method} で本文を送信しません。別の形式を選んでください。`,
};
