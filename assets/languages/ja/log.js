// @ts-check
/** @type {typeof import("../../ui/log/texts.js").texts} */
export const texts = {
  empty: "まだ何もありません。リクエスト、print()、トレースバックがここに表示されます。",
  dropped: "古い行は破棄されました。",
  startedAt: (time) => `${time.toLocaleTimeString("ja")} に起動`,
  tools: "ログのツール",
  filter: "絞り込み",
  filterLabel: "このテキストを含むものだけを表示",
  kinds: { request: "リクエスト", output: "出力", error: "エラー" },
  kindTitles: {
    request: "リクエストごとに 1 行",
    output: "アプリの print とログ",
    error: "トレースバック、stderr の出力、400 以上の応答",
  },
  copy: "コピー",
  clear: "消去",
  filtered: (hidden, all) =>
    hidden === all ? "すべての行が非表示です。" : `${all} 件中 ${hidden} 件を非表示。`,
  copied: (count) => `${count} 行をコピーしました。`,
  nothingToCopy: "コピーする行がありません。",
  copyRefused: "ブラウザーがこのページからのコピーを許可していません。行を選択して Ctrl+C を押してください。",
  messages: "メッセージ",
  messagesOf: (title) => `${title} の ASGI メッセージ`,
  client: (number) => `クライアント ${number}`,
  goingOn: "継続中",
  cut: (size) => `${size} で中断`,
  frames: (count, packages) => `… ${packages && `${packages} の`} ${count} フレーム`,
  goTo: (file, line) => `${file} の ${line} 行目を表示`,
  was: (text, input) => `${text}（値は ${input}）`,
  moreRefusals: (count) => `… 他 ${count} 件`,
};
