// @ts-check
/** @type {typeof import("../../steps/texts.js").texts} */
export const texts = {
  changes: "Modifications",
  changesOf: (file) => `Modifications de ${file}`,
  amounts: (added, removed) => `${added} ajoutées, ${removed} supprimées`,
  newFile: (lines) => `nouveau, ${lines} lignes`,
  gone: "n’existe plus",
  noText: "modifié ; ce n’est pas du texte",
  added: (line) => `Ajoutée, ligne ${line} :`,
  removed: (line) => `Supprimée, ligne ${line} auparavant :`,
  copy: "Copier en tant que patch",
  copied: "Les modifications sont dans le presse-papiers.",
  notCopied:
    "Le navigateur ne laisse pas les pages écrire dans le presse-papiers. Copiez les modifications ici :",
  same: "Le code est le même qu’à l’étape précédente.",
  noStep: "L’étape précédente n’est plus sur cette page.",
  since: (name) => `Modifications depuis « ${name} »`,
  sinceLast: "Modifications depuis l’étape précédente",
};
