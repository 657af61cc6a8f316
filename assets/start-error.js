// @ts-check
/** @import { Stage } from "./types.d.ts" */

import { texts } from "./texts.js";

/** The stages that do not depend on the app. */
const PREPARATION = new Set(["download", "interpreter"]);
/** The stages that are the app's own. */
const APP = new Set(["import", "startup"]);

/** The start failed; `stage` tells where, and the message what the reader should know. */
export class StartError extends Error {
  name = "StartError";

  /**
   * @param {Stage} stage
   * @param {string} detail
   * @param {string} [headline]
   */
  constructor(stage, detail, headline = texts.failures[stage]) {
    super(`${headline} ${detail}`);
    this.stage = stage;
    this.headline = headline;
    this.detail = detail;
  }

  /**
   * Whose failure it is, which readers are to see: Python's, or the app's.
   * @returns {"python" | "app"}
   */
  get of() {
    return APP.has(this.stage) ? "app" : "python";
  }

  /** Whether no code of the app has run. */
  get beforeApp() {
    return PREPARATION.has(this.stage);
  }
}
