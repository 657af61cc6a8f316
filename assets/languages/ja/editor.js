// @ts-check
/** @type {typeof import("../../editor/texts.js").texts} */
export const texts = {
  files: "アプリのファイル",
  codeOf: (name) => `${name} のコード`,
  hint: "Ctrl+Enter で実行、Tab で字下げ、Esc で離れる",
  hintReadOnly: "このコードは変更できません。Ctrl+Enter で実行し、Esc でエディターを離れます。",
  newLines: (lines) => `このステップで追加された行(左に線): ${lines}`,
  add: "ファイルを追加",
  rename: "名前を変更",
  delete: "削除",
  undoDelete: "削除を取り消す",
  cancel: "キャンセル",
  newName: "新しいファイルの名前",
  nameFor: (path) => `${path} の新しい名前`,
  binary: (path) => `${path} はテキストではありません。アプリは使えますが、ここでは編集できません。`,
  wrongName: {
    empty: "ファイルには「models.py」のような名前が必要です。",
    absolute: "「templates/home.html」のように、アプリのフォルダー内の名前を書いてください。",
    parent: "スラッシュの間に「.」や「..」、空の部分は使えません。",
    characters: "名前にバックスラッシュ、コロン、制御文字は使えません。",
    long: "名前は 200 文字までです。",
    taken: (path) => `ファイル「${path}」はすでにあります。`,
    folder: (path) => `「${path}」はファイルなので、フォルダーにはできません。`,
  },
  keep: {
    label: "ファイルを残す",
    explanation: "アプリを再び開始したとき、データベースなど、アプリが書いたファイルが残っています。",
    failure:
      "アプリのファイルは残せませんでした。時間内に停止しなかったか、50 MB を超えています。ファイルなしで開始します。",
  },
};
