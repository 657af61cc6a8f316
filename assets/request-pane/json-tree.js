// @ts-check
/**
 * JSON as a tree to open and close, after the WAI-ARIA pattern
 * (https://www.w3.org/WAI/ARIA/apg/patterns/treeview/): one place for the Tab key, arrow keys move in it.
 * What is closed is made when it is opened, so that a long answer costs what is seen of it.
 *
 * @import { Json } from "../types.d.ts"
 */

import { isObject, JsonNumber, jsonText, parseJson } from "../requests/exact-json.js";
import { element } from "../ui/dom.js";
import { texts as words } from "./texts.js";

/** Lines that are open at first. */
const OPEN = 200;
/** Members that are shown of one value, until the reader wants more. */
const STEP = 100;

/** @type {WeakMap<HTMLElement, (open: boolean) => void>} */
const openers = new WeakMap();

/**
 * @param {string} text
 * @returns {HTMLElement | null} null for what is no JSON
 */
export function jsonTree(text) {
  const value = parseJson(text);
  if (value === undefined) return null;
  const root = item("", value, "");
  const tree = element("div", { role: "tree", class: "json", "aria-label": words.tree }, root);
  root.tabIndex = 0;
  openFirst(root);
  tree.addEventListener("click", onClick);
  tree.addEventListener("keydown", onKey);
  return tree;
}

/**
 * @param {string} key what stands before the value, as JSON
 * @param {Json} value
 * @param {string} comma what stands behind it
 */
function item(key, value, comma) {
  const line = element("div", { class: "line" });
  if (key) line.append(element("span", { class: "key" }, key), ": ");
  const made = element("div", { role: "treeitem", tabindex: "-1" }, line);
  const children = childrenOf(value);
  if (!children?.length) {
    const text = jsonText(value);
    line.append(element("span", { class: kindOf(value) }, text), comma);
    made.ariaLabel = key ? `${key}: ${text}` : text;
    return made;
  }
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const count = (Array.isArray(value) ? words.items : words.members)(children.length);
  const rest = element("span", { class: "count" }, ` ${count} `);
  const closing = element("span", {}, `${close}${comma}`);
  const group = element("div", { role: "group", hidden: true });
  const end = element("div", { class: "end", hidden: true, "aria-hidden": "true" }, `${close}${comma}`);
  line.prepend(element("span", { class: "toggle", "aria-hidden": "true" }));
  line.append(open, rest, closing);
  made.append(group, end);
  made.ariaLabel = key ? `${key}: ${count}` : count;
  made.ariaExpanded = "false";
  openers.set(made, (isOpen) => {
    if (isOpen && !group.childElementCount) addMore(group, children, 0);
    made.ariaExpanded = String(isOpen);
    group.hidden = end.hidden = !isOpen;
    rest.hidden = closing.hidden = isOpen;
  });
  return made;
}

/**
 * @param {Json} value
 * @returns {[key: string, value: Json][] | null}
 */
function childrenOf(value) {
  if (Array.isArray(value)) return value.map((each) => ["", each]);
  return isObject(value) ? Object.entries(value).map(([key, each]) => [JSON.stringify(key), each]) : null;
}

/** @param {Json} value */
function kindOf(value) {
  if (value instanceof JsonNumber) return "number";
  return typeof value === "string" ? "string" : "other";
}

/**
 * @param {HTMLElement} group
 * @param {[key: string, value: Json][]} children
 * @param {number} from
 * @returns {HTMLElement} the first of those that it adds
 */
function addMore(group, children, from) {
  const to = Math.min(from + STEP, children.length);
  const added = children
    .slice(from, to)
    .map(([key, value], index) => item(key, value, from + index + 1 < children.length ? "," : ""));
  group.append(...added);
  if (to === children.length) return added[0];
  const label = words.more(children.length - to);
  const more = element("div", { role: "treeitem", tabindex: "-1", class: "more" }, label);
  openers.set(more, () => {
    more.remove();
    focus(addMore(group, children, to));
  });
  group.append(more);
  return added[0];
}

/** Opens values level by level, as long as there are few lines. @param {HTMLElement} root */
function openFirst(root) {
  let lines = 1;
  /** @type {HTMLElement[]} */ let level = [root];
  while (level.length) {
    /** @type {HTMLElement[]} */ const next = [];
    for (const each of level) {
      if (each.ariaExpanded !== "false") continue;
      openers.get(each)?.(true);
      const inside = itemsIn(each);
      lines += inside.length;
      if (lines > OPEN && each !== root) {
        openers.get(each)?.(false);
        return;
      }
      next.push(...inside);
    }
    level = next;
  }
}

/** @param {HTMLElement} within @returns {HTMLElement[]} those directly in it */
function itemsIn(within) {
  return [...within.querySelectorAll(":scope > [role=group] > [role=treeitem]")].map(
    (each) => /** @type {HTMLElement} */ (each),
  );
}

/** @param {HTMLElement} target */
function focus(target) {
  const tree = /** @type {HTMLElement} */ (target.closest("[role=tree]"));
  /** @type {NodeListOf<HTMLElement>} */
  const places = tree.querySelectorAll("[tabindex='0']");
  for (const each of places) each.tabIndex = -1;
  target.tabIndex = 0;
  target.focus();
}

/** @param {HTMLElement} target */
function toggle(target) {
  openers.get(target)?.(target.ariaExpanded === "false");
}

/** @param {Event} event */
function onClick(event) {
  const clicked = /** @type {Element} */ (event.target);
  const target = /** @type {HTMLElement | null} */ (clicked.closest("[role=treeitem]"));
  if (!target || clicked.closest(".end") || getSelection()?.type === "Range") return; // text is being selected
  focus(target);
  toggle(target);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const present = /** @type {HTMLElement} */ (event.target);
  const tree = /** @type {HTMLElement} */ (event.currentTarget);
  const isRight = getComputedStyle(tree).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const isLeft = isRight === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
  const parent = /** @type {HTMLElement | null | undefined} */ (
    present.parentElement?.closest("[role=treeitem]")
  );
  const isOpen = present.ariaExpanded === "true";
  if (event.key === "Enter" || event.key === " ") toggle(present);
  else if (event.key === isRight && present.ariaExpanded === "false") toggle(present);
  else if (event.key === isLeft && isOpen) toggle(present);
  else if (event.key === isLeft && parent) focus(parent);
  else if (event.key === isRight && isOpen) focus(itemsIn(present)[0]);
  else if (["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) move(tree, present, event.key);
  else return;
  event.preventDefault();
}

/**
 * @param {HTMLElement} tree
 * @param {HTMLElement} present
 * @param {string} key
 */
function move(tree, present, key) {
  const shown = [...tree.querySelectorAll("[role=treeitem]")].filter((each) => !each.closest("[hidden]"));
  const at = shown.indexOf(present);
  const place = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1 }[key] ?? at;
  const target = /** @type {HTMLElement | undefined} */ (shown[place]);
  if (target) focus(target);
}
