// @ts-check
/** @type {typeof import("../../requests/texts.js").texts} */
export const texts = {
  send: "送信",
  check: "確認",
  done: "できました。",
  requestOf: (name) => `リクエスト ${name}`,
  answerTo: (name) => `${name} への応答`,
  editHint: "Ctrl+Enter でリクエストを送信し、Esc でエディターを離れます。",
  noBlock: "このリクエストの宛先のアプリは、このページにありません。",
  starting: "アプリを起動しています…",
  restarting: "変更したコードでアプリを起動しています…",
  notStarted: (headline) => `${headline} 詳しくはそのブロックをご覧ください。`,
  showBlock: "ブロックを表示",
  sending: "送信しています…",
  first: ({ method, target }) => `応答が必要な ${method} ${target} を先に送信しています…`,
  neededFailed: ({ method, target }, reason) =>
    `${method} ${target} の応答がないため、送信しませんでした。${reason}`,
  answered: (status, time) => `${status}（${time}）。`,
  receiving: (status) => `${status}、受信中…`,
  stopped: (status, time) => `${status}、${time} で停止。`,
  asRecorded: "記録のとおりです。",
  asRecordedSoFar: "記録のある範囲では、記録のとおりです。",
  differs: "記録された応答と異なります:",
  notCompared: "リクエストが編集されているため、応答は記録と比較されません。",
  notWhole: "最後まで届いていないため、記録と比較されません。",
  save: (size) => `本文を保存（${size} バイト）`,
  picture: "アプリが応答した画像",
  body: "応答の本文",
  beginningDropped: "先頭は表示されていません。",
  tooLong: (limit) => `応答が ${limit >> 20} MB を超えています。`,
  wrong: {
    empty: "送信するリクエストがありません。「GET /books」のように書いてください。",
    several: "リクエストが複数あります。一度に送信できるのは 1 つなので、ほかを削除してください。",
    header: (line, text) =>
      `${line} 行目: 「${text}」は「Accept: text/html」のようなヘッダーではありません。本文は空行の後に書きます。`,
    host: (line, target) =>
      `${line} 行目: リクエストはブロックのアプリに届きます。${target} のパスだけを書いてください。`,
    path: (line, target) => `${line} 行目: パスは 1 つの「/」で始まります（「${target}」は不可）。`,
    spaces: (line, target) =>
      `${line} 行目: パスに空白は使えません（「${target}」）。空白は %20 と書いてください。`,
  },
};
