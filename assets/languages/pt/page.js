// @ts-check
/** @type {typeof import("../../texts.js").texts} */
export const texts = {
  run: "Executar",
  stop: "Parar",
  restart: "Reiniciar",
  runAgain: "Executar de novo",
  stale: "Editado; vale a partir do próximo início. Ctrl+Enter inicia.",
  retry: "Tentar de novo",
  edit: "Editar",
  reset: "Restaurar",
  undoReset: "Desfazer a restauração",
  restoreEdits: "Recuperar as alterações",
  takeHome: "Compartilhar ou baixar",
  whatChanged: "O que mudou",
  preview: "Prévia",
  requestsTab: "Requisições",
  log: "Registro",
  cookies: "Cookies",
  asgi: "ASGI",
  views: "Visões da aplicação em execução",
  marks: { news: "(novo)", error: "(erros)" },
  back: "Voltar",
  forward: "Avançar",
  reload: "Recarregar",
  address: "Endereço",
  openInTab: "Abrir em uma nova aba",
  fullScreen: "Tela cheia",
  secondClient: "Segundo cliente",
  openSecondClient: "Abrir um segundo cliente, com cookies próprios",
  stopping: "Parando…",
  stopped: "Parada.",
  parked: {
    room: (limit) =>
      `Parada para abrir espaço: uma página executa ${limit} aplicações ao mesmo tempo, e esta era a que estava sem uso havia mais tempo. “Executar” a inicia de novo.`,
    unseen: (minutes) =>
      `Parada para liberar memória: há ${minutes} minutos ninguém a vê nem usa. “Executar” a inicia de novo.`,
  },
  running: "Em execução.",
  waiting: "A aplicação ainda não respondeu; “Parar” ou “Reiniciar” encerra a espera.",
  since: (seconds) => `${seconds} s`,
  codeOf: (name) => `Código de ${name}`,
  previewOf: (name) => `Prévia de ${name}`,
  controlsOf: (name) => `Controles de ${name}`,
  stages: {
    download: "Baixando Python e os pacotes",
    interpreter: "Iniciando Python",
    import: "Importando a aplicação",
    startup: "Iniciando a aplicação",
  },
  downloaded: (loaded, total) => `${loaded} de ${total} MB`,
  failures: {
    download: "Não foi possível baixar Python.",
    interpreter: "Não foi possível iniciar Python.",
    import: "Não foi possível importar a aplicação.",
    startup: "O início da aplicação falhou.",
    running: "Python parou inesperadamente.",
  },
  tookTooLong: (seconds) => `Isso levou mais de ${seconds} segundos.`,
  notFound: (url, status) =>
    `${url} respondeu com o status ${status}. O site foi empacotado (“asgi-docs package”) depois de gerado?`,
  notFrom: (host) =>
    `Não é possível acessar ${host} daqui, ou ele envia arquivos diferentes daqueles para os quais esta página foi feita.`,
  shutdownCut: (seconds) =>
    `O encerramento da aplicação foi interrompido: ela tem ${seconds} s, ou um laço sem fim não a deixa ter a vez.`,
  startCancelled: "O início foi interrompido.",
  outdated: {
    headline: "O site foi atualizado desde que esta página foi carregada.",
    whatToDo: "Recarregue a página e execute; suas edições são mantidas.",
  },
  incomplete: {
    headline: "Uma parte da página não pôde ser carregada.",
    whatToDo: "Recarregue-a e tente de novo; suas edições são mantidas.",
  },
  fetchPath: 'fetch() recebe um caminho da aplicação, como "/items?limit=2".',
  notStarted: "A aplicação não está em execução.",
  noPreview: "A prévia não está disponível aqui.",
  unavailable: {
    insecure:
      "Esta página veio por http simples, e os navegadores só permitem service workers com https e em localhost. Abra-a por https para usar a prévia.",
    unsupported:
      "Este navegador, ou esta janela privada, não tem service workers. Abra a página em uma janela comum de um navegador atual para usar a prévia.",
    blocked:
      "As configurações do navegador impedem que este site guarde dados e, com isso, os service workers. Permita isso para este site para usar a prévia.",
    outdated:
      "O site foi atualizado desde que esta página foi carregada. Recarregue a página para usar a prévia.",
    failed: "Não foi possível iniciar o service worker da prévia. Recarregue a página para tentar de novo.",
  },
  requestsOnly:
    "Enquanto isso, as requisições vão direto para a aplicação: mude o endereço acima e pressione Enter.",
};
