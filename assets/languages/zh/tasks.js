// @ts-check
/** @type {typeof import("../../tasks/texts.js").texts} */
export const texts = {
  notYet: (found, wanted) => `还没有：返回的是 ${found}，需要 ${wanted}。`,
  notInBody: (wanted) => `还没有：状态码正确，但正文中缺少 ${wanted}。`,
  notWhole: "还没有：响应没有结束。",
  notCounted: "请求已被编辑，因此不算数；要检查任务，请先还原它。",
  hint: (number, total) => `提示 ${number}/${total}`,
  hints: "提示",
  showSolution: "查看答案",
  hideSolution: "隐藏答案",
  solution: "从您的代码到答案",
  useSolution: "放入编辑器",
  isSolution: "您的代码就是答案。",
};
