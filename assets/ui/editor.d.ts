/** Between an editor's buttons (code-editor.js) and what the reader types into; checked by tsc, not shipped. */

/** Texts by path. */
export type Files = Record<string, string>;

/** Of the editor of a block's code, or of a request (ui/code-editor.js). */
export interface EditorOptions {
  /** The element, whose content is the code as the author's page shows it. */
  host: HTMLElement;
  /** What of it the editor takes the place of. */
  replaced: () => Element[];
  /** For assistive technology. */
  label: string;
  hint?: string;
  /** Whether only a script may change the text. */
  readOnly?: boolean;
  /** The author's text. */
  original: string;
  /** The path of its file. */
  entry?: string;
  /** The author's texts, if there are several. */
  files?: Files;
  /** Paths of files that are no text. */
  binary?: string[];
  /** Tells which lines of a file are new in this step. */
  newLines?: () => Promise<(file: string, text: string) => number[]>;
  storageKey: string;
  /** What the reader types into. */
  load: () => Promise<{
    makeSurface: (options: EditorOptions, edits: import("./edits.js").Edits) => Promise<EditorSurface>;
  }>;
  onRun: () => void;
  /** The reader leaves it by the keyboard. */
  onLeave: () => void;
  onChange: () => void;
  /** The reader goes back to the author's version. */
  onReset?: () => void;
}

/** What the reader types into. */
export interface EditorSurface {
  element: HTMLElement;
  /** Shows texts that something else has changed. */
  update: () => void;
  /** It takes the place of the author's code, which was so high. */
  shown: (height: number) => void;
  focus: () => void;
  /** Buttons of its own, beside those of every editor. */
  actions?: HTMLElement;
  /** Marks a line as one with an error. */
  goTo?: (file: string, line: number) => void;
}
