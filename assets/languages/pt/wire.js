// @ts-check
/** @type {typeof import("../../ui/wire/texts.js").texts} */
export const texts = {
  since:
    "Mensagens ASGI a partir de agora, e as do lifespan. Requisições que começaram antes estão só no registro.",
  choose: "Escolha uma requisição para ver suas mensagens.",
  notSeen: "Esta requisição começou antes de esta aba ser aberta, ou já não é guardada.",
  exchanges: "Requisições, WebSockets e lifespan",
  messagesOf: (title) => `Mensagens ASGI de ${title}`,
  lifespan: "Lifespan",
  own: (title) => `${title} (da própria aplicação)`,
  ofClient: (title, number) => `${title} (cliente ${number})`,
  states: {
    waiting: "aguardando",
    open: "aberto",
    closed: (code) => (code === null ? "fechado" : `fechado, ${code}`),
    raised: "exceção",
    started: "iniciado",
    ended: "encerrado",
    failed: "falhou",
  },
  kinds: { failed: "recusado", returned: "A aplicação retornou.", raised: "A aplicação lançou uma exceção." },
  dropped: (count) =>
    count === 1 ? "1 mensagem anterior foi descartada." : `${count} mensagens anteriores foram descartadas.`,
  beginning: "Este é o seu início.",
};
