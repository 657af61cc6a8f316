// @ts-check
/** @type {typeof import("../../ui/wire/texts.js").texts} */
export const texts = {
  since: "从现在起的 ASGI 消息，以及 lifespan 的消息。更早开始的请求只在日志中。",
  choose: "选择一个请求以查看其消息。",
  notSeen: "此请求在打开此标签页之前就已开始，或已不再保留。",
  exchanges: "请求、WebSocket 和 lifespan",
  messagesOf: (title) => `${title} 的 ASGI 消息`,
  lifespan: "Lifespan",
  own: (title) => `${title}（应用自身发出）`,
  ofClient: (title, number) => `${title}（客户端 ${number}）`,
  states: {
    waiting: "等待中",
    open: "已连接",
    closed: (code) => (code === null ? "已关闭" : `已关闭，${code}`),
    raised: "异常",
    started: "已启动",
    ended: "已结束",
    failed: "失败",
  },
  kinds: { failed: "被拒绝", returned: "应用已返回。", raised: "应用抛出了异常。" },
  dropped: (count) => `较早的 ${count} 条消息已被丢弃。`,
  beginning: "这是其开头部分。",
};
