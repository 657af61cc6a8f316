// @ts-check
/** @type {typeof import("../../ui/wire/texts.js").texts} */
export const texts = {
  since:
    "これ以降の ASGI メッセージと、lifespan のメッセージです。それより前に始まったリクエストはログにだけあります。",
  choose: "リクエストを選ぶと、そのメッセージが表示されます。",
  notSeen: "このリクエストはこのタブを開く前に始まったか、すでに保持されていません。",
  exchanges: "リクエスト、WebSocket、lifespan",
  messagesOf: (title) => `${title} の ASGI メッセージ`,
  lifespan: "Lifespan",
  own: (title) => `${title}（アプリ自身による）`,
  ofClient: (title, number) => `${title}（クライアント ${number}）`,
  states: {
    waiting: "待機中",
    open: "接続中",
    closed: (code) => (code === null ? "切断" : `切断、${code}`),
    raised: "例外",
    started: "起動済み",
    ended: "終了",
    failed: "失敗",
  },
  kinds: { failed: "拒否", returned: "アプリが戻りました。", raised: "アプリが例外を発生させました。" },
  dropped: (count) => `以前のメッセージ ${count} 件は破棄されました。`,
  beginning: "これは先頭部分です。",
};
