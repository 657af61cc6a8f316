// @ts-check
/** @type {typeof import("../../texts.js").texts} */
export const texts = {
  run: "実行",
  stop: "停止",
  restart: "再起動",
  runAgain: "もう一度実行",
  stale: "編集済みです。次の起動から反映されます。Ctrl+Enter で起動します。",
  retry: "再試行",
  edit: "編集",
  reset: "元に戻す",
  undoReset: "元に戻すのを取り消す",
  restoreEdits: "編集内容を復元",
  takeHome: "共有またはダウンロード",
  whatChanged: "変更点",
  preview: "プレビュー",
  requestsTab: "リクエスト",
  log: "ログ",
  cookies: "Cookie",
  asgi: "ASGI",
  views: "実行中のアプリの表示",
  marks: { news: "（新着）", error: "（エラー）" },
  back: "戻る",
  forward: "進む",
  reload: "再読み込み",
  address: "アドレス",
  openInTab: "新しいタブで開く",
  fullScreen: "全画面表示",
  secondClient: "2 つ目のクライアント",
  openSecondClient: "独自の Cookie を持つ 2 つ目のクライアントを開く",
  stopping: "停止しています…",
  stopped: "停止しました。",
  parked: {
    room: (limit) =>
      `場所を空けるために停止しました。1 ページで同時に実行できるアプリは ${limit} 個で、このアプリが最も長く使われていませんでした。「実行」で再び起動します。`,
    unseen: (minutes) =>
      `メモリを解放するために停止しました。${minutes} 分間、表示も使用もされていません。「実行」で再び起動します。`,
  },
  running: "実行中です。",
  waiting: "アプリがまだ応答していません。「停止」または「再起動」で打ち切れます。",
  since: (seconds) => `${seconds} 秒`,
  codeOf: (name) => `${name} のコード`,
  previewOf: (name) => `${name} のプレビュー`,
  controlsOf: (name) => `${name} の操作`,
  stages: {
    download: "Python とパッケージをダウンロードしています",
    interpreter: "Python を起動しています",
    import: "アプリをインポートしています",
    startup: "アプリを起動しています",
  },
  downloaded: (loaded, total) => `${loaded} / ${total} MB`,
  failures: {
    download: "Python をダウンロードできませんでした。",
    interpreter: "Python を起動できませんでした。",
    import: "アプリをインポートできませんでした。",
    startup: "アプリの起動処理に失敗しました。",
    running: "Python が予期せず終了しました。",
  },
  tookTooLong: (seconds) => `${seconds} 秒以内に終わりませんでした。`,
  notFound: (url, status) =>
    `${url} がステータス ${status} を返しました。最後にビルドした後で、サイトをパッケージ化（asgi-docs package）しましたか？`,
  notFrom: (host) =>
    `${host} にここから接続できないか、このページが想定していないファイルが送られてきました。`,
  shutdownCut: (seconds) =>
    `アプリの終了処理を打ち切りました。与えられる時間は ${seconds} 秒です。無限ループのために順番が回ってこなかった可能性もあります。`,
  startCancelled: "起動を中止しました。",
  outdated: {
    headline: "このページを読み込んだ後に、サイトが更新されました。",
    whatToDo: "ページを再読み込みしてから実行してください。編集内容は保持されます。",
  },
  incomplete: {
    headline: "ページの一部を読み込めませんでした。",
    whatToDo: "再読み込みして、もう一度お試しください。編集内容は保持されます。",
  },
  fetchPath: 'fetch() には "/items?limit=2" のようなアプリのパスを渡します。',
  notStarted: "アプリは実行されていません。",
  noPreview: "ここではプレビューを利用できません。",
  unavailable: {
    insecure:
      "このページは暗号化されていない http で届きました。ブラウザーが Service Worker を許すのは https と localhost だけです。プレビューを使うには https で開いてください。",
    unsupported:
      "このブラウザー、またはこのプライベートウィンドウには Service Worker がありません。プレビューを使うには、最新のブラウザーの通常のウィンドウで開いてください。",
    blocked:
      "ブラウザーの設定により、このサイトでの保存と Service Worker がブロックされています。プレビューを使うには、このサイトで許可してください。",
    outdated:
      "このページを読み込んだ後に、サイトが更新されました。プレビューを使うには、ページを再読み込みしてください。",
    failed:
      "プレビューの Service Worker を起動できませんでした。ページを再読み込みしてもう一度お試しください。",
  },
  requestsOnly: "その間、リクエストは直接アプリに届きます。上のアドレスを変えて Enter を押してください。",
};
