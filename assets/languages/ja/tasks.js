// @ts-check
/** @type {typeof import("../../tasks/texts.js").texts} */
export const texts = {
  notYet: (found, wanted) => `まだです。応答は ${found} でした。${wanted} が必要です。`,
  notInBody: (wanted) => `まだです。ステータスは合っていますが、本文に ${wanted} がありません。`,
  notWhole: "まだです。応答が終わりません。",
  notCounted: "リクエストが編集されているため、判定しません。課題を確認するには元に戻してください。",
  hint: (number, total) => `ヒント ${number}/${total}`,
  hints: "ヒント",
  showSolution: "解答を見る",
  hideSolution: "解答を隠す",
  solution: "今のコードから解答へ",
  useSolution: "エディターに入れる",
  isSolution: "今のコードが解答です。",
};
