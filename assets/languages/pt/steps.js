// @ts-check
/** @type {typeof import("../../steps/texts.js").texts} */
export const texts = {
  changes: "Alterações",
  changesOf: (file) => `Alterações em ${file}`,
  amounts: (added, removed) => `${added} adicionadas, ${removed} removidas`,
  newFile: (lines) => `novo, ${lines} linhas`,
  gone: "já não existe",
  noText: "alterado; não é texto",
  added: (line) => `Adicionada, linha ${line}:`,
  removed: (line) => `Removida, antes linha ${line}:`,
  copy: "Copiar como patch",
  copied: "As alterações estão na área de transferência.",
  notCopied:
    "O navegador não deixa as páginas escreverem na área de transferência. Copie as alterações aqui:",
  same: "O código é o mesmo do passo anterior.",
  noStep: "O passo anterior já não está nesta página.",
  since: (name) => `Alterações desde “${name}”`,
  sinceLast: "Alterações desde o passo anterior",
};
