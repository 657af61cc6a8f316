// @ts-check
/** @type {typeof import("../../request-code/texts.js").texts} */
export const texts = {
  copyAs: "复制为",
  copied: (form) => `已复制为 ${form}；请求发往 localhost:8000。`,
  notCopied: (form) => `此浏览器不允许页面复制；${form} 的内容如下：`,
  codeFor: (form) => `${form} 的请求`,
  noBodyWith: (method) => `fetch() 在 ${method} 时不发送正文；请选择其他形式。`,
};
