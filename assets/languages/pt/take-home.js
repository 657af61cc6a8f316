// @ts-check
/** @type {typeof import("../../take-home/texts.js").texts} */
export const texts = {
  share: "Copiar um link para este código",
  download: "Baixar a aplicação",
  copied: "O link está na área de transferência; quem o abrir verá o seu código aqui.",
  notCopied: "O navegador não deixa as páginas escreverem na área de transferência. Copie o link aqui:",
  link: "Link para este código",
  unchanged: "O link leva ao código do autor, pois você não o mudou.",
  saved: "“uv run serve.py” executa a aplicação na sua máquina; o README dela diz mais.",
  fromLink:
    "Este código veio com o link que você seguiu, e não do autor da página. Leia-o antes de executar.",
  otherThanYours:
    "O link que você seguiu trouxe um código diferente do que você editou aqui. O seu é mantido até que você escolha.",
  takeLinks: "Mostrar o código do link",
  keepMine: "Manter o meu",
  noBlock: "O link que você seguiu é de um código que esta página não tem mais.",
  damaged: "O link que você seguiu está danificado, por isso o código dele não pode ser mostrado.",
};
