// @ts-check
/** @type {typeof import("../../ui/clients/texts.js").texts} */
export const texts = {
  client: (number) => `Client ${number}`,
  close: "Den zweiten Client schließen",
};
