// @ts-check
/** @type {typeof import("../../ui/cookies/texts.js").texts} */
export const texts = {
  none: "应用没有设置 Cookie。重启应用后 Cookie 会保留，离开页面后即被忘记。",
  some: "应用的请求所携带的内容。重启应用后会保留，离开页面后即被忘记。",
  name: "名称",
  value: "值",
  path: "路径",
  expires: "过期时间",
  rules: "规则",
  atEnd: "随页面结束",
  forget: "忘记",
  forgetOne: (name) => `忘记 ${name || "没有名称的 Cookie"}`,
  forgetAll: "忘记所有 Cookie",
  forgotten: (name) => `已忘记 ${name}。`,
  allForgotten: "已忘记所有 Cookie。",
};
