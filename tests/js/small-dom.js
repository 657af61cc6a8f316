/** As much of a document as the log builds, for tests without a browser. */

class SmallNode {
  parent = null;
  children = [];

  append(...added) {
    for (const each of added.map(nodeOf)) {
      const moved = each instanceof Fragment ? each.children : [each];
      for (const node of [...moved]) {
        node.remove();
        node.parent = this;
        this.children.push(node);
      }
    }
  }

  prepend(...added) {
    const others = [...this.children];
    this.append(...added, ...others.filter((each) => !added.includes(each)));
  }

  replaceChildren(...added) {
    for (const each of [...this.children]) each.remove();
    this.append(...added);
  }

  remove() {
    const siblings = this.parent?.children;
    if (siblings) siblings.splice(siblings.indexOf(this), 1);
    this.parent = null;
  }

  get textContent() {
    return this.children.map((each) => each.textContent).join("");
  }

  set textContent(text) {
    this.replaceChildren(text);
  }
}

class Fragment extends SmallNode {}

class SmallText extends SmallNode {
  constructor(data) {
    super();
    this.data = String(data);
  }

  get textContent() {
    return this.data;
  }
}

class SmallElement extends SmallNode {
  attributes = new Map();
  hidden = false;
  value = "";
  listeners = {};
  properties = new Map();
  style = { setProperty: (name, value) => this.properties.set(name, value) };
  classList = { add: (name) => this.setAttribute("class", `${this.getAttribute("class")} ${name}`) };
  scrollTop = 0;
  scrollHeight = 0;
  clientHeight = 0;

  constructor(name) {
    super();
    this.name = name;
  }

  setAttribute(name, value) {
    this.attributes.set(name, value);
  }

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }

  toggleAttribute(name, isSet) {
    if (name === "hidden") this.hidden = isSet;
  }

  addEventListener(type, listener) {
    this.listeners[type] = listener;
  }

  dispatchEvent(event) {
    this.dispatched = event;
    return true;
  }

  /** Of `name`, `.class` and both, as the log asks for. */
  matches(selector) {
    const [name, className] = selector.split(".");
    const classes = (this.getAttribute("class") ?? "").split(" ");
    return (!name || name === this.name) && (!className || classes.includes(className));
  }

  querySelectorAll(selector) {
    return this.children
      .filter((each) => each instanceof SmallElement)
      .flatMap((each) => [...(each.matches(selector) ? [each] : []), ...each.querySelectorAll(selector)]);
  }

  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null;
  }
}

function nodeOf(each) {
  return each instanceof SmallNode ? each : new SmallText(each);
}

export function installDocument() {
  globalThis.document = {
    documentElement: { lang: "en" },
    createElement: (name) => new SmallElement(name),
    createTextNode: (text) => new SmallText(text),
    createDocumentFragment: () => new Fragment(),
  };
}
