// @ts-check
/** @type {typeof import("../../steps/texts.js").texts} */
export const texts = {
  changes: "变化",
  changesOf: (file) => `${file} 的变化`,
  amounts: (added, removed) => `新增 ${added} 行，删除 ${removed} 行`,
  newFile: (lines) => `新文件，${lines} 行`,
  gone: "已不存在",
  noText: "有变化；不是文本",
  added: (line) => `新增，第 ${line} 行：`,
  removed: (line) => `删除，原第 ${line} 行：`,
  copy: "复制为补丁",
  copied: "变化已复制到剪贴板。",
  notCopied: "浏览器不允许网页写入剪贴板。请在此复制这些变化：",
  same: "代码与上一步相同。",
  noStep: "上一步已不在此页面上。",
  since: (name) => `自“${name}”以来的变化`,
  sinceLast: "自上一步以来的变化",
};
