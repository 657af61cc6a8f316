export { StandardSQL } from "@codemirror/lang-sql";
