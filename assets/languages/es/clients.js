// @ts-check
/** @type {typeof import("../../ui/clients/texts.js").texts} */
export const texts = {
  client: (number) => `Cliente ${number}`,
  close: "Cerrar el segundo cliente",
};
