// @ts-check
/**
 * The row of buttons that hand a block's code on.
 *
 * @import { AsgiLiveElement } from "../element.js"
 * @import { BlockData } from "../types.d.ts"
 */

import { requestsTo } from "../requests/conversation.js";
import { element } from "../ui/dom.js";
import { projectFiles } from "./project.js";
import { changes, fragmentOf } from "./share-link.js";
import { texts } from "./texts.js";
import { zip } from "./zip.js";

export class TakeHomeRow {
  #status = element("span", { role: "status", class: "told" });
  #block;
  #data;

  /**
   * @param {AsgiLiveElement} block
   * @param {BlockData} data
   */
  constructor(block, data) {
    this.#block = block;
    this.#data = data;
    const share = element("button", { type: "button", onclick: () => this.#share() }, texts.share);
    const save = element("button", { type: "button", onclick: () => this.#save() }, texts.download);
    this.element = element("div", { class: "bar" }, share, save, this.#status);
  }

  async #share() {
    const { files } = this.#block;
    const changed = changes(files, this.#data.files);
    const link = new URL(location.href);
    link.hash = "";
    const isChanged = Object.keys(changed).length > 0;
    if (isChanged) {
      const index = [...document.querySelectorAll("asgi-live")].indexOf(this.#block);
      link.hash = await fragmentOf({ block: this.#data.source, index, files: changed });
    }
    try {
      await navigator.clipboard.writeText(link.href);
      this.#status.textContent = isChanged ? texts.copied : texts.unchanged;
    } catch {
      const field = element("input", { readonly: true, value: link.href, "aria-label": texts.link });
      this.#status.replaceChildren(texts.notCopied, " ", field);
      field.select();
    }
  }

  async #save() {
    const { href } = new URL(location.pathname, location.href);
    const files = projectFiles(this.#data, this.#block.files, requestsTo(this.#block), href);
    const url = URL.createObjectURL(await zip(files));
    const name = this.#data.app.split(":")[0].split(".")[0];
    element("a", { href: url, download: `${name}.zip` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000); // the browser asks for it in its own time
    this.#status.textContent = texts.saved;
  }
}
