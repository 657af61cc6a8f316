export { cssLanguage } from "@codemirror/lang-css";
export { html, htmlCompletionSource } from "@codemirror/lang-html";
export { javascriptLanguage } from "@codemirror/lang-javascript";
export { jinjaLanguage } from "@codemirror/lang-jinja";
