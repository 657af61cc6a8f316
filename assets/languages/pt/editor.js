// @ts-check
/** @type {typeof import("../../editor/texts.js").texts} */
export const texts = {
  files: "Arquivos do app",
  codeOf: (name) => `Código de ${name}`,
  hint: "Ctrl+Enter executa, Tab recua, Esc sai.",
  hintReadOnly: "Este código não pode ser alterado. Ctrl+Enter o executa, Esc sai do editor.",
  newLines: (lines) => `Novas neste passo, junto da barra: linhas ${lines}.`,
  add: "Adicionar arquivo",
  rename: "Renomear",
  delete: "Excluir",
  undoDelete: "Desfazer exclusão",
  cancel: "Cancelar",
  newName: "Nome do novo arquivo",
  nameFor: (path) => `Novo nome de ${path}`,
  binary: (path) => `${path} não é texto: o app o tem, e ele não pode ser editado aqui.`,
  wrongName: {
    empty: "Um arquivo precisa de um nome, como “models.py”.",
    absolute: "Escreva um nome dentro da pasta do app, como “templates/home.html”.",
    parent: "Entre as barras de um nome não há “.”, “..” nem parte vazia.",
    characters: "Um nome não tem barra invertida, dois-pontos nem caractere de controle.",
    long: "Um nome tem no máximo 200 caracteres.",
    taken: (path) => `Já existe um arquivo “${path}”.`,
    folder: (path) => `“${path}” é um arquivo, então não pode ser também uma pasta.`,
  },
  keep: {
    label: "Manter os arquivos",
    explanation:
      "Quando o app é iniciado de novo, ele encontra os arquivos que escreveu, como um banco de dados.",
    failure:
      "Os arquivos do app não foram mantidos: ele não parou a tempo, ou eles passam de 50 MB. Ele inicia sem eles.",
  },
};
