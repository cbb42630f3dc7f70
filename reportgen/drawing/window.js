// The window around the document: a fixed clock, timers that run when they are told to, canvases, and drawing itself.
// In: a figure as JSON. Out: SVG text. Effects: none: there is nothing to fetch, store or show with.
"use strict";

const NOW = Date.UTC(2000, 0, 1);
globalThis.Date = class extends Date {
  constructor(...given) { if (given.length) super(...given); else super(NOW); }
  static now() { return NOW; }
};

let seed = 1;
Math.random = () => {
  // Mulberry32, by Tommy Ettinger, in the public domain.
  seed = seed + 0x6d2b79f5 | 0;
  let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
  t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
  return ((t ^ t >>> 14) >>> 0) / 4294967296;
};

// Timers: runTimers calls them, in order of time.

let timers = [], timerCount = 0;

function setTimer(callback, delay, ...given) {
  const timer = {id: ++timerCount, at: Number(delay) || 0, run: () => callback(...given)};
  timers.push(timer);
  return timer.id;
}
function clearTimer(id) { timers = timers.filter(timer => timer.id !== id); }
function runTimers() {
  const due = timers.sort((one, other) => one.at - other.at || one.id - other.id);
  timers = [];
  for (const timer of due) timer.run();
}

// A canvas keeps its rectangles and pixels: rectangles become SVG, pixels a PNG that Python makes.

class Canvas extends HTMLElement {
  constructor() {
    super(HTML, "canvas");
    this.width = 300;
    this.height = 150;
    this.marks = [];
  }
  getContext(kind) { return kind === "2d" ? new Pen(this) : null; }
  toDataURL() {
    canvases.push(this);
    return `data:canvas,${canvases.length - 1}`;
  }
}

const canvases = [];

class Pen {
  constructor(canvas) {
    this.canvas = canvas;
    this.fillStyle = "#000";
  }
  fillRect(x, y, width, height) {
    // Upwards or leftwards, where an axis is turned round.
    const left = Math.min(x, x + width), top = Math.min(y, y + height);
    this.canvas.marks.push({x: left, y: top, width: Math.abs(width), height: Math.abs(height), fill: this.fillStyle});
  }
  drawImage() {}
  getImageData() { throw new Error("a picture of a trace cannot be bent to an axis that is not linear"); }
  createImageData(width, height) { return {width, height, data: new Uint8ClampedArray(4 * width * height)}; }
  putImageData(image) { this.canvas.image = image; }
}

class Picture extends HTMLElement {
  // Never shown: plotly.js waits until it is loaded, and then writes its address, which is inside the figure.
  constructor() { super(HTML, "img"); }
  setAttribute(name, value) {
    super.setAttribute(name, value);
    if (name === "src") setTimer(() => this.onload?.());
  }
  set src(value) { this.setAttribute("src", value); }
}

class XMLSerializer {
  serializeToString(node) {
    // Plotly.toImage would now decode and encode entities by regular expressions, so the picture is taken from here.
    picture = clean(node, ident);
    return "";
  }
}

// plotly.js asks for the outlines of the world whenever it draws areas by name, and here shows none of them.
const outlines = {type: "Topology", arcs: [], objects: {}};
globalThis.PlotlyGeoAssets = {topojson: new Proxy({}, {get: () => outlines})};

const nothing = () => {};
const noSheet = {insertRule: nothing, addRule: nothing, deleteRule: nothing, cssRules: []};
Object.defineProperty(HTMLElement.prototype, "sheet", {get: () => noSheet});

Object.assign(globalThis, {
  window: globalThis, self: globalThis, top: globalThis, parent: globalThis,
  document, EventTarget, Node, Text, Element, HTMLElement, SVGElement, Document, DOMRect, XMLSerializer, getComputedStyle,
  CSSStyleDeclaration: Style, HTMLCanvasElement: Canvas, HTMLImageElement: class {}, Event: class {}, MouseEvent: class {},
  ResizeObserver: class { observe() {} disconnect() {} },
  Image: Picture,
  Blob: class {}, DOMParser: class {}, XMLHttpRequest: class {}, Worker: undefined,
  navigator: {userAgent: "reportgen", language: "en"},
  location: {href: "about:blank", protocol: "about:", origin: "null", host: "", search: "", hash: "", pathname: "blank"},
  performance: {now: () => 0, mark: nothing, measure: nothing},
  devicePixelRatio: 1, innerWidth: 1280, innerHeight: 720, scrollX: 0, scrollY: 0, pageXOffset: 0, pageYOffset: 0,
  matchMedia: () => ({matches: false, addEventListener: nothing, addListener: nothing}),
  setTimeout: setTimer, setInterval: () => 0, clearTimeout: clearTimer, clearInterval: nothing, setImmediate: setTimer,
  requestAnimationFrame: callback => setTimer(callback, 16, 0), cancelAnimationFrame: clearTimer,
  addEventListener: nothing, removeEventListener: nothing,
  console: {log: nothing, warn: nothing, error: nothing, info: nothing, debug: nothing, trace: nothing},
});
globalThis.URL ??= class {
  constructor(href) { this.href = href; }
  static createObjectURL() { return "blob:none"; }
  static revokeObjectURL() {}
};
globalThis.URLSearchParams ??= class { get() { return null; } };
globalThis.TextDecoder ??= class { decode() { return ""; } };
globalThis.TextEncoder ??= class { encode() { return new Uint8Array(); } };
globalThis.AbortController ??= class { abort() {} };

// Drawing: begin, then, when all promises and timers have run, outcome.

const FAULTS = new Set(["schema", "value", "object", "array", "invisible"]);
const TURNS = 200, STEPS = 50;  // How often timers run before a figure is given up, and promises between two of these.

function faultsOf(figure) {
  // What plotly.js would ignore without a message, as JSON; `lost` where it draws nothing of a trace.
  const {data, layout} = JSON.parse(figure);
  const at = ({container, trace, path}) => path.reduce((value, key) => value?.[key], container === "data" ? data[trace] : layout);
  // Of a whole trace or layout it gives no list of keys.
  const told = validated(data, layout).map(fault => ({...fault, path: Array.isArray(fault.path) ? fault.path : []}));
  const faults = told.filter(({code}) => FAULTS.has(code)).filter(fault => !isFine(fault, at(fault)));
  const unseen = faults.filter(({code, container}) => code === "invisible" && container === "data").length;
  const isLost = ({code, trace, path, container}) => code === "invisible" && (unseen === data.length || hasValues(data[trace]))
    || container === "data" && path.join() === "type";
  return JSON.stringify(faults.map(fault => ({msg: fault.msg, lost: isLost(fault)})));
}

function hasValues(trace) {
  // Of a trace without any, as Plotly Express writes for a group without rows, nothing is lost.
  return Object.values(trace || {}).some(part => part?.bdata || Array.isArray(part) && part.some(value => value !== null));
}

function isFine({code, path}, value) {
  // Its own check knows neither numbers in base64 nor names of shared colour axes.
  return code === "array" && value?.bdata !== undefined
    || code === "value" && path.at(-1) === "coloraxis" && /^coloraxis\d*$/.test(value);
}

function validated(data, layout) {
  // Plotly.validate throws where the layout has a part that the drawing has not, as a legend without entries. That part
  // is unused, not wrong: the rest is looked at without it.
  try {
    return Plotly.validate(data, layout) || [];
  } catch (error) {
    for (const key of Object.keys(layout)) {
      const {[key]: part, ...rest} = layout;
      try {
        return Plotly.validate(data, rest) || [];
      } catch (again) {}
    }
    return [];
  }
}

function rememberSchema() {
  // Plotly.validate builds the whole schema each time: 70 ms, where the rest of a check takes 3 ms.
  const get = Plotly.PlotSchema.get;
  let schema = null;
  Plotly.PlotSchema.get = () => schema ??= get();
}

function sharpen(data) {
  // A picture of a trace is painted by pixels when plotly.js exports it, which needs its pixels: here it is left to the
  // reader's program, told to keep the pixels sharp.
  sharp.clear();
  for (const trace of data) {
    if (trace?.type !== "image" || !trace.source || trace.zsmooth) continue;
    trace.zsmooth = "fast";
    sharp.add(trace.source);
  }
}

let picture = null, failure = null, ident = "";

function begin(figure, width, height, prefix) {
  seed = 1;
  timers = [];
  canvases.length = 0;
  picture = failure = null;
  // Of the last drawing nothing is in use now: what it left is thrown away before it counts as old.
  globalThis.gc?.({type: "minor"});
  ident = prefix;
  const made = JSON.parse(figure);
  sharpen(made.data);
  const failed = error => { failure = {error: String(error && error.message || error), kind: error && error.name}; };
  try {
    Plotly.toImage(made, {format: "svg", width, height, imageDataOnly: true}).catch(failed);
  } catch (error) {
    failed(error);
  }
  runAll();
}

async function runAll() {
  for (let turn = 0; turn < TURNS && picture === null && failure === null; turn++) {
    for (let step = 0; step < STEPS; step++) await null;
    runTimers();
  }
}

function outcome() {
  // The picture, or what went wrong as JSON.
  document.body.textContent = "";
  return picture ?? JSON.stringify(failure ?? {error: "plotly.js did not finish the figure"});
}
