// @ts-check
/** @type {typeof import("../../ui/clients/texts.js").texts} */
export const texts = {
  client: (number) => `客户端 ${number}`,
  close: "关闭第二个客户端",
};
