// @ts-check
/** @type {typeof import("../../requests/texts.js").texts} */
export const texts = {
  send: "Enviar",
  check: "Verificar",
  done: "Feito.",
  requestOf: (name) => `Requisição ${name}`,
  answerTo: (name) => `Resposta a ${name}`,
  editHint: "Ctrl+Enter envia a requisição, Esc sai do editor.",
  noBlock: "A aplicação a que esta requisição se dirige não está na página.",
  starting: "Iniciando a aplicação…",
  restarting: "A aplicação inicia com as suas alterações…",
  notStarted: (headline) => `${headline} O bloco dela diz mais.`,
  showBlock: "Mostrar o bloco",
  sending: "Enviando…",
  first: ({ method, target }) => `Enviando antes ${method} ${target}, cuja resposta é necessária…`,
  neededFailed: ({ method, target }, reason) =>
    `Não enviada, porque ${method} ${target} não tem resposta: ${reason}`,
  answered: (status, time) => `${status} em ${time}.`,
  receiving: (status) => `${status}, continuando…`,
  stopped: (status, time) => `${status}, parada depois de ${time}.`,
  asRecorded: "Como está gravada.",
  asRecordedSoFar: "Como está gravada, até onde vai a gravação.",
  differs: "Difere da resposta gravada:",
  notCompared: "A requisição foi editada, por isso a resposta não é comparada com a gravada.",
  notWhole: "Não está completa, por isso não é comparada com a gravada.",
  save: (size) => `Salvar o corpo (${size} bytes)`,
  picture: "Imagem com que a aplicação respondeu",
  body: "Corpo da resposta",
  beginningDropped: "O começo não é mostrado.",
  tooLong: (limit) => `A resposta tem mais de ${limit >> 20} MB.`,
  wrong: {
    empty: "Não há requisição para enviar; escreva uma como “GET /books”.",
    several: "Há várias requisições aqui, e uma é enviada por vez; apague as outras.",
    header: (line, text) =>
      `Linha ${line}: “${text}” não é um cabeçalho como “Accept: text/html”; o corpo vem depois de uma linha vazia.`,
    host: (line, target) =>
      `Linha ${line}: as requisições vão para a aplicação do bloco; escreva só o caminho de ${target}.`,
    path: (line, target) => `Linha ${line}: um caminho começa com uma só “/”, não “${target}”.`,
    spaces: (line, target) =>
      `Linha ${line}: um caminho não tem espaços (“${target}”); escreva %20 no lugar de um espaço.`,
  },
};
