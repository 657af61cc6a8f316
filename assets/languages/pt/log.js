// @ts-check
/** @type {typeof import("../../ui/log/texts.js").texts} */
export const texts = {
  empty: "Nada ainda: requisições, print() e tracebacks aparecem aqui.",
  dropped: "Linhas anteriores foram descartadas.",
  startedAt: (time) => `Iniciada às ${time.toLocaleTimeString("pt")}`,
  tools: "Ferramentas do registro",
  filter: "Filtrar",
  filterLabel: "Mostrar só o que contém este texto",
  kinds: { request: "Requisições", output: "Saída", error: "Erros" },
  kindTitles: {
    request: "Uma linha por requisição",
    output: "O que a aplicação imprime e registra",
    error: "Tracebacks, o que chega em stderr e respostas a partir de 400",
  },
  copy: "Copiar",
  clear: "Limpar",
  filtered: (hidden, all) =>
    hidden === all ? "Todas as linhas estão ocultas." : `${hidden} de ${all} ocultas.`,
  copied: (count) => (count === 1 ? "1 linha copiada." : `${count} linhas copiadas.`),
  nothingToCopy: "Não há linha para copiar.",
  copyRefused: "O navegador não deixa esta página copiar; selecione as linhas e pressione Ctrl+C.",
  messages: "mensagens",
  messagesOf: (title) => `Mensagens ASGI de ${title}`,
  client: (number) => `cliente ${number}`,
  goingOn: "em andamento",
  cut: (size) => `interrompida após ${size}`,
  frames: (count, packages) =>
    `… ${count} ${count === 1 ? "quadro" : "quadros"}${packages && ` de ${packages}`}`,
  goTo: (file, line) => `Mostrar a linha ${line} de ${file}`,
  was: (text, input) => `${text} (era ${input})`,
  moreRefusals: (count) => `… e mais ${count}`,
};
