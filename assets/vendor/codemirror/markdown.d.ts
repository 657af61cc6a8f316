export { markdownLanguage } from "@codemirror/lang-markdown";
