// @ts-check
/** @type {typeof import("../../editor/texts.js").texts} */
export const texts = {
  files: "应用的文件",
  codeOf: (name) => `${name} 的代码`,
  hint: "Ctrl+Enter 运行，Tab 缩进，Esc 离开。",
  hintReadOnly: "此代码不能更改。Ctrl+Enter 运行它，Esc 离开编辑器。",
  newLines: (lines) => `本步骤新增的行(旁有竖线)：${lines}。`,
  add: "添加文件",
  rename: "重命名",
  delete: "删除",
  undoDelete: "撤销删除",
  cancel: "取消",
  newName: "新文件的名称",
  nameFor: (path) => `${path} 的新名称`,
  binary: (path) => `${path} 不是文本：应用可以使用它，但不能在此编辑。`,
  wrongName: {
    empty: "文件需要名称，例如“models.py”。",
    absolute: "请写应用文件夹内的名称，例如“templates/home.html”。",
    parent: "名称的斜杠之间不能有“.”、“..”或空白部分。",
    characters: "名称不能含有反斜杠、冒号或控制字符。",
    long: "名称最多 200 个字符。",
    taken: (path) => `已经有文件“${path}”。`,
    folder: (path) => `“${path}”是文件，不能同时是文件夹。`,
  },
  keep: {
    label: "保留其文件",
    explanation: "应用再次启动时，会找到它写入的文件，例如数据库。",
    failure: "应用的文件未能保留：它没有及时停止，或文件超过 50 MB。它将不带这些文件启动。",
  },
};
