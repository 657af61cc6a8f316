// @ts-check
/** @type {typeof import("../../ui/clients/texts.js").texts} */
export const texts = {
  client: (number) => `クライアント ${number}`,
  close: "2 つ目のクライアントを閉じる",
};
