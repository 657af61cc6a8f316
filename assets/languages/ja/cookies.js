// @ts-check
/** @type {typeof import("../../ui/cookies/texts.js").texts} */
export const texts = {
  none: "アプリは Cookie を設定していません。Cookie はアプリを再起動しても残り、ページとともに忘れられます。",
  some: "アプリへのリクエストに付けられるものです。アプリを再起動しても残り、ページとともに忘れられます。",
  name: "名前",
  value: "値",
  path: "パス",
  expires: "期限",
  rules: "規則",
  atEnd: "ページとともに",
  forget: "忘れる",
  forgetOne: (name) => `${name || "名前のない Cookie"} を忘れる`,
  forgetAll: "すべての Cookie を忘れる",
  forgotten: (name) => `${name} を忘れました。`,
  allForgotten: "すべての Cookie を忘れました。",
};
