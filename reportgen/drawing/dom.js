// Nodes, attributes and styles: as much of a document as plotly.js needs to draw a static picture.
// In: calls by plotly.js. Out: the globals `document`, `Node`, `Element`. Effects: none outside this script's own objects.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const HTML = "http://www.w3.org/1999/xhtml";
const PREFIXES = {"http://www.w3.org/1999/xlink": "xlink:", "http://www.w3.org/XML/1998/namespace": "xml:"};

class EventTarget {
  addEventListener() {}
  removeEventListener() {}
}

class Node extends EventTarget {
  constructor(type, name) {
    super();
    this.nodeType = type;
    this.nodeName = name;
    this.parentNode = this.firstChild = this.lastChild = this.previousSibling = this.nextSibling = null;
  }

  get ownerDocument() { return document; }
  get childNodes() {
    const nodes = [];
    for (let node = this.firstChild; node; node = node.nextSibling) nodes.push(node);
    return nodes;
  }
  get children() {
    const elements = [];
    for (let node = this.firstChild; node; node = node.nextSibling) if (node.nodeType === 1) elements.push(node);
    return elements;
  }

  contains(other) {
    while (other && other !== this) other = other.parentNode;
    return other === this;
  }

  appendChild(node) { return this.insertBefore(node, null); }
  append(...nodes) {
    for (const node of nodes) this.appendChild(typeof node === "string" ? document.createTextNode(node) : node);
  }
  insertBefore(node, next) {
    if (node === next) return node;
    node.remove();
    const previous = next ? next.previousSibling : this.lastChild;
    node.parentNode = this;
    node.previousSibling = previous;
    node.nextSibling = next ?? null;
    if (previous) previous.nextSibling = node; else this.firstChild = node;
    if (next) next.previousSibling = node; else this.lastChild = node;
    return node;
  }
  removeChild(node) {
    const {previousSibling: previous, nextSibling: next} = node;
    if (previous) previous.nextSibling = next; else this.firstChild = next;
    if (next) next.previousSibling = previous; else this.lastChild = previous;
    node.parentNode = node.previousSibling = node.nextSibling = null;
    return node;
  }
  remove() { if (this.parentNode) this.parentNode.removeChild(this); }

  get textContent() {
    let text = "";
    for (let node = this.firstChild; node; node = node.nextSibling) text += node.textContent;
    return text;
  }
  set textContent(text) {
    while (this.firstChild) this.removeChild(this.firstChild);
    if (text !== null && text !== "") this.appendChild(document.createTextNode(text));
  }

  following(root) {
    // The next node below the root, in document order.
    if (this.firstChild) return this.firstChild;
    let node = this;
    while (node !== root && !node.nextSibling) node = node.parentNode;
    return node === root ? null : node.nextSibling;
  }
  querySelector(selector) {
    const wanted = parseSelector(selector);
    for (let node = this.following(this); node; node = node.following(this)) if (selects(wanted, node, this)) return node;
    return null;
  }
  querySelectorAll(selector) {
    const wanted = parseSelector(selector), found = [];
    for (let node = this.following(this); node; node = node.following(this)) if (selects(wanted, node, this)) found.push(node);
    return found;
  }
}

class Text extends Node {
  constructor(data) {
    super(3, "#text");
    this.data = String(data);
  }
  get textContent() { return this.data; }
  set textContent(text) { this.data = String(text); }
  cloneNode() { return new Text(this.data); }
}

const cssNames = new Map();

function cssName(name) {
  if (!cssNames.has(name)) {
    cssNames.set(name, name === "cssFloat" ? "float" : name.replace(/[A-Z]/g, letter => "-" + letter.toLowerCase()));
  }
  return cssNames.get(name);
}

// style.fontSize and style["font-size"] are style.getPropertyValue("font-size"). The proxy is the prototype of the class, so
// that it is asked only for names that the class does not have.
function ByName() {}
ByName.prototype = new Proxy({}, {
  get: (_, name, style) => typeof name === "symbol" ? undefined : style.getPropertyValue(cssName(name)),
  set(_, name, value, style) {
    style.setProperty(cssName(name), value);
    return true;
  },
});

class Style extends ByName {
  // The declarations of one style attribute, in their order.
  values = new Map();
  get length() { return this.values.size; }
  get cssText() { return [...this.values].map(([name, value]) => `${name}: ${value};`).join(" "); }
  set cssText(text) {
    this.values.clear();
    for (const declaration of splitOutside(String(text ?? ""), ";")) {
      const colon = declaration.indexOf(":");
      if (colon > 0) this.setProperty(declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim());
    }
  }
  getPropertyValue(name) { return this.values.get(name) ?? ""; }
  setProperty(name, value) {
    if (value === null || value === undefined || value === "") this.values.delete(name);
    else if (!/NaN|\bundefined\b/.test(value)) this.values.set(name, String(value).trim());
  }
  removeProperty(name) {
    const value = this.getPropertyValue(name);
    this.values.delete(name);
    return value;
  }
}

function splitOutside(text, separator) {
  // Splits at separators outside quotes and parentheses: url(data:image/png;base64,…) holds one inside.
  const parts = [""];
  let depth = 0, quote = "";
  for (const sign of text) {
    if (quote) quote = sign === quote ? "" : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === "(") depth++;
    else if (sign === ")") depth--;
    if (sign === separator && !quote && !depth) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

function hasClass(element, name) {
  const names = element.attributeValues.get("class");
  return names !== undefined && (names === name || names.includes(name) && names.split(/\s+/).includes(name));
}

class ClassList {
  constructor(element) { this.element = element; }
  get names() { return (this.element.getAttribute("class") ?? "").split(/\s+/).filter(Boolean); }
  write(names) { this.element.setAttribute("class", [...new Set(names)].join(" ")); }
  contains(name) { return hasClass(this.element, name); }
  add(...names) { this.write([...this.names, ...names]); }
  remove(...names) { this.write(this.names.filter(name => !names.includes(name))); }
  toggle(name, force = !this.contains(name)) {
    if (force) this.add(name); else this.remove(name);
    return force;
  }
}

class Element extends Node {
  constructor(namespace, name) {
    super(1, namespace === HTML ? name.toUpperCase() : name);
    this.namespaceURI = namespace;
    this.localName = name;
    this.tagName = this.nodeName;
    this.attributeValues = new Map();
    this.declarations = null;
    this.classes = null;
  }

  get style() { return this.declarations ??= new Style(); }
  set style(text) { this.style.cssText = text; }
  get classList() { return this.classes ??= new ClassList(this); }
  get id() { return this.getAttribute("id") ?? ""; }
  set id(value) { this.setAttribute("id", value); }
  get className() { return this.getAttribute("class") ?? ""; }
  set className(value) { this.setAttribute("class", value); }
  get href() { return this.getAttribute("href") ?? ""; }
  set href(value) { this.setAttribute("href", value); }
  get protocol() { return /^\s*([a-z][a-z0-9+.-]*:)/i.exec(this.href)?.[1].toLowerCase() ?? ":"; }

  getAttributeNames() {
    const names = [...this.attributeValues.keys()];
    return this.declarations && this.declarations.length ? [...names, "style"] : names;
  }
  getAttribute(name) {
    if (name === "style") return this.declarations && this.declarations.length ? this.declarations.cssText : null;
    return this.attributeValues.get(name) ?? null;
  }
  setAttribute(name, value) {
    if (name === "style") this.style.cssText = value;
    else this.attributeValues.set(name, String(value));
  }
  removeAttribute(name) {
    if (name === "style") this.style.cssText = "";
    else this.attributeValues.delete(name);
  }
  hasAttribute(name) { return this.getAttribute(name) !== null; }
  getAttributeNS(namespace, name) { return this.getAttribute(qualified(namespace, name)); }
  setAttributeNS(namespace, name, value) { this.setAttribute(qualified(namespace, name), value); }
  removeAttributeNS(namespace, name) { this.removeAttribute(qualified(namespace, name)); }

  matches(selector) { return selects(parseSelector(selector), this, null); }
  cloneNode(deep) {
    const copy = document.createElementNS(this.namespaceURI, this.localName);
    for (const [name, value] of this.attributeValues) copy.attributeValues.set(name, value);
    if (this.declarations) copy.style.cssText = this.declarations.cssText;
    if (deep) for (const child of this.childNodes) copy.appendChild(child.cloneNode(true));
    return copy;
  }

  set innerHTML(html) { this.textContent = decodeEntities(String(html).replace(/<[^>]*>/g, "")); }
}

class HTMLElement extends Element {
  get offsetWidth() { return parseFloat(this.style.width) || 0; }
  get offsetHeight() { return parseFloat(this.style.height) || 0; }
  get clientWidth() { return this.offsetWidth; }
  get clientHeight() { return this.offsetHeight; }
}

class SVGElement extends Element {}

function qualified(namespace, name) {
  return name.includes(":") ? name : (PREFIXES[namespace] ?? "") + name;
}

function decodeEntities(text) {
  const named = {amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0"};
  return text.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name) => name[0] !== "#" ? named[name] ?? whole
    : String.fromCodePoint(/^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10)));
}

class Document extends Node {
  constructor() { super(9, "#document"); }
  get documentElement() { return this.firstChild; }
  get head() { return this.firstChild.firstChild; }
  get body() { return this.firstChild.lastChild; }
  get defaultView() { return globalThis; }
  get ownerDocument() { return null; }
  createElement(name) { return this.createElementNS(HTML, name.toLowerCase()); }
  createElementNS(namespace, name) {
    if (namespace === SVG) return new SVGElement(SVG, name);
    return name === "canvas" ? new Canvas() : new HTMLElement(namespace || HTML, name);
  }
  createTextNode(text) { return new Text(text); }
  getElementById(id) { return this.querySelector(`[id="${id}"]`); }
}

const escapeText = text => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const escapeAttribute = text => escapeText(text).replace(/"/g, "&quot;");

const document = new Document();
document.appendChild(document.createElement("html"));
document.documentElement.append(document.createElement("head"), document.createElement("body"));
