// @ts-check
/** @type {typeof import("../../take-home/texts.js").texts} */
export const texts = {
  share: "复制指向此代码的链接",
  download: "下载应用",
  copied: "链接已复制到剪贴板；打开它的人会在这里看到您的代码。",
  notCopied: "浏览器不允许页面写入剪贴板。请在此复制链接：",
  link: "指向此代码的链接",
  unchanged: "链接指向作者的代码，因为您没有修改它。",
  saved: "用“uv run serve.py”即可在您的电脑上运行此应用；详情见其 README。",
  fromLink: "此代码来自您打开的链接，而不是本页面的作者。运行之前请先阅读。",
  otherThanYours: "您打开的链接带来的代码与您在此编辑的不同。在您选择之前，您的代码会保留。",
  takeLinks: "显示链接中的代码",
  keepMine: "保留我的代码",
  noBlock: "您打开的链接所针对的代码已不在本页面上。",
  damaged: "您打开的链接已损坏，无法显示其中的代码。",
};
