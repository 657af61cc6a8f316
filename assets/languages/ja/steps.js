// @ts-check
/** @type {typeof import("../../steps/texts.js").texts} */
export const texts = {
  changes: "変更",
  changesOf: (file) => `${file} の変更`,
  amounts: (added, removed) => `追加 ${added} 行、削除 ${removed} 行`,
  newFile: (lines) => `新規、${lines} 行`,
  gone: "なくなりました",
  noText: "変更あり(テキストではありません)",
  added: (line) => `追加、${line} 行目:`,
  removed: (line) => `削除、以前の ${line} 行目:`,
  copy: "パッチとしてコピー",
  copied: "変更をクリップボードにコピーしました。",
  notCopied: "ブラウザーがクリップボードへの書き込みを許可していません。ここから変更をコピーしてください:",
  same: "コードは前のステップと同じです。",
  noStep: "前のステップはもうこのページにありません。",
  since: (name) => `「${name}」からの変更`,
  sinceLast: "前のステップからの変更",
};
