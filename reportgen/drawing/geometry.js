// Geometry: matrices, outlines of paths, bounding boxes of shapes and of text.
// In: elements of dom.js, runs of text.js. Out: getBBox and similar methods of the elements. No effects.
"use strict";

// Matrices: [a, b, c, d, e, f] of x' = a x + c y + e, y' = b x + d y + f.

const IDENTITY = [1, 0, 0, 1, 0, 0];
const multiply = ([a, b, c, d, e, f], [g, h, i, j, k, l]) =>
  [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
const apply = ([a, b, c, d, e, f], x, y) => [a * x + c * y + e, b * x + d * y + f];
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;
const numbersIn = text => (text.match(NUMBER) ?? []).map(Number);

function transformOf(element) {
  let matrix = IDENTITY;
  for (const [, name, list] of (element.getAttribute("transform") ?? "").matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
    matrix = multiply(matrix, elementary(name, numbersIn(list)));
  }
  return matrix;
}

function elementary(name, v) {
  const turn = v[0] * Math.PI / 180;
  if (name === "matrix") return v;
  if (name === "translate") return [1, 0, 0, 1, v[0], v[1] ?? 0];
  if (name === "scale") return [v[0], 0, 0, v[1] ?? v[0], 0, 0];
  if (name === "skewX") return [1, 0, Math.tan(turn), 1, 0, 0];
  if (name === "skewY") return [1, Math.tan(turn), 0, 1, 0, 0];
  const rotation = [Math.cos(turn), Math.sin(turn), -Math.sin(turn), Math.cos(turn), 0, 0];
  const [, x = 0, y = 0] = v;
  return multiply(multiply([1, 0, 0, 1, x, y], rotation), [1, 0, 0, 1, -x, -y]);
}

function matrixToPage(element) {
  let matrix = IDENTITY;
  for (let node = element; node instanceof SVGElement; node = node.parentNode) {
    matrix = multiply(transformOf(node), matrix);
    if (node.localName === "svg") matrix = multiply([1, 0, 0, 1, lengthOf(node, "x"), lengthOf(node, "y")], matrix);
  }
  return matrix;
}

function lengthOf(element, name) { return parseFloat(element.getAttribute(name)) || 0; }

// Boxes: {x, y, width, height, left, top, right, bottom}.

class DOMRect {
  constructor(x = 0, y = 0, width = 0, height = 0) { Object.assign(this, {x, y, width, height}); }
  get left() { return this.x; }
  get top() { return this.y; }
  get right() { return this.x + this.width; }
  get bottom() { return this.y + this.height; }
}

function boxAround(points) {
  if (!points.length) return null;
  let [left, top] = points[0], [right, bottom] = points[0];
  for (const [x, y] of points) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return new DOMRect(left, top, right - left, bottom - top);
}

const corners = ({left, top, right, bottom}) => [[left, top], [right, top], [right, bottom], [left, bottom]];
const moved = (box, matrix) => boxAround(corners(box).map(([x, y]) => apply(matrix, x, y)));

// Paths: a subpath is a list of pieces, and a piece the two, three or four points of a line or a Bézier curve.

const ARGUMENTS = {M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0};
const PIECES = 48;

function commandsOf(path) {
  const commands = [];
  for (const [, letter, rest] of path.matchAll(/([MLHVCSQTAZ])([^MLHVCSQTAZ]*)/gi)) {
    let kind = letter.toUpperCase();
    const size = ARGUMENTS[kind], values = kind === "A" ? arcNumbers(rest) : numbersIn(rest), relative = letter !== kind;
    if (size === 0) commands.push({kind, values: [], relative});
    for (let start = 0; size && start + size <= values.length; start += size) {
      commands.push({kind, values: values.slice(start, start + size), relative});
      if (kind === "M") kind = "L";
    }
  }
  return commands;
}

function arcNumbers(text) {
  // Flags may stand without separators: "A5,5 0 0110,0".
  const values = [];
  const flag = /\s*,?\s*([01])/y, number = /\s*,?\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)/iy;
  for (let at = 0; ;) {
    const token = values.length % 7 === 3 || values.length % 7 === 4 ? flag : number;
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found) return values;
    values.push(Number(found[1]));
    at = token.lastIndex;
  }
}

function subpathsOf(path) {
  const subpaths = [];
  let pieces = [], x = 0, y = 0, start = [0, 0], handle = null, before = "";
  const go = (...points) => {
    pieces.push([[x, y], ...points]);
    [x, y] = points.at(-1);
  };
  const open = () => {
    pieces = [];
    subpaths.push(pieces);
  };
  for (const {kind, values, relative} of commandsOf(path)) {
    const dx = relative ? x : 0, dy = relative ? y : 0;
    const v = kind === "A" ? [...values.slice(0, 5), values[5] + dx, values[6] + dy]
      : kind === "H" ? [values[0] + dx, y] : kind === "V" ? [x, values[0] + dy]
      : values.map((value, index) => value + (index % 2 ? dy : dx));
    if (kind === "M") {
      open();
      [x, y] = start = v;
    } else if (kind === "Z") {
      if (x !== start[0] || y !== start[1]) go(start);
      open();
    } else if (kind === "A") for (const point of arcPoints(x, y, v)) go(point);
    else if ("LHV".includes(kind)) go(v);
    else {
      const smooth = kind === "S" || kind === "T", follows = handle && ("CS".includes(before) === (kind === "S"));
      const points = smooth ? [follows ? [2 * x - handle[0], 2 * y - handle[1]] : [x, y]] : [];
      for (let i = 0; i < v.length; i += 2) points.push([v[i], v[i + 1]]);
      handle = points.at(-2);
      go(...points);
    }
    if (!"CSQT".includes(kind)) handle = null;
    before = kind;
  }
  return subpaths.filter(found => found.length);
}

function bezier(points, t) {
  const mixed = (one, other) => [one[0] + (other[0] - one[0]) * t, one[1] + (other[1] - one[1]) * t];
  while (points.length > 1) points = points.slice(1).map((point, i) => mixed(points[i], point));
  return points[0];
}

function flattened(points) {
  if (points.length === 2) return points;
  return Array.from({length: PIECES + 1}, (_, i) => bezier(points, i / PIECES));
}

function chopped(points, from = 0, to = 1, whole = points) {
  // As Chromium's Skia measures a curve: halved until it is less than half a pixel away from its chord. plotly.js places
  // the labels of contours by such lengths; exact ones would place them elsewhere.
  const strays = (one, other) => Math.max(Math.abs(one[0] - other[0]), Math.abs(one[1] - other[1])) > 0.5;
  const along = t => [points[0][0] + (points.at(-1)[0] - points[0][0]) * t, points[0][1] + (points.at(-1)[1] - points[0][1]) * t];
  const curvy = points.length === 4 ? strays(points[1], along(1 / 3)) || strays(points[2], along(2 / 3))
    : points.length === 3 && strays(bezier(points, 0.5), along(0.5));
  if (curvy && to - from > 1e-6) {
    const [first, second] = halves(points), middle = (from + to) / 2;
    return [...chopped(first, from, middle, whole), ...chopped(second, middle, to, whole)];
  }
  const [[x1, y1], [x2, y2]] = [points[0], points.at(-1)];
  return [{whole, from, to, length: Math.hypot(x2 - x1, y2 - y1)}];
}

function halves(points) {
  const first = [], second = [];
  for (let row = points; row.length; row = row.slice(1).map((point, i) => [(row[i][0] + point[0]) / 2, (row[i][1] + point[1]) / 2])) {
    first.push(row[0]);
    second.unshift(row.at(-1));
  }
  return [first, second];
}

function arcPoints(x1, y1, [rx, ry, degrees, large, sweep, x2, y2]) {
  // SVG 2, appendix B.2.4: from end points to a centre.
  if (!rx || !ry || (x1 === x2 && y1 === y2)) return [[x2, y2]];
  rx = Math.abs(rx); ry = Math.abs(ry);
  const phi = degrees * Math.PI / 180, cos = Math.cos(phi), sin = Math.sin(phi);
  const px = cos * (x1 - x2) / 2 + sin * (y1 - y2) / 2, py = -sin * (x1 - x2) / 2 + cos * (y1 - y2) / 2;
  const excess = (px / rx) ** 2 + (py / ry) ** 2;
  if (excess > 1) { rx *= Math.sqrt(excess); ry *= Math.sqrt(excess); }
  const square = (rx * py) ** 2 + (ry * px) ** 2;
  const scale = (large === sweep ? -1 : 1) * Math.sqrt(Math.max(0, ((rx * ry) ** 2 - square) / square));
  const qx = scale * rx * py / ry, qy = -scale * ry * px / rx;
  const cx = cos * qx - sin * qy + (x1 + x2) / 2, cy = sin * qx + cos * qy + (y1 + y2) / 2;
  const start = Math.atan2((py - qy) / ry, (px - qx) / rx);
  let turn = Math.atan2((-py - qy) / ry, (-px - qx) / rx) - start;
  if (sweep && turn < 0) turn += 2 * Math.PI;
  if (!sweep && turn > 0) turn -= 2 * Math.PI;
  const pieces = Math.max(8, Math.ceil(Math.abs(turn) / (2 * Math.PI) * 4 * PIECES));
  return Array.from({length: pieces}, (_, i) => {
    if (i + 1 === pieces) return [x2, y2];
    const angle = start + turn * (i + 1) / pieces;
    return [cx + cos * rx * Math.cos(angle) - sin * ry * Math.sin(angle), cy + sin * rx * Math.cos(angle) + cos * ry * Math.sin(angle)];
  });
}

function outlineOf(element) {
  const at = name => lengthOf(element, name);
  switch (element.localName) {
    case "path": return subpathsOf(element.getAttribute("d") ?? "").flat().flatMap(flattened);
    case "line": return [[at("x1"), at("y1")], [at("x2"), at("y2")]];
    case "polyline": case "polygon": {
      const values = numbersIn(element.getAttribute("points") ?? "");
      return Array.from({length: values.length >> 1}, (_, i) => [values[2 * i], values[2 * i + 1]]);
    }
    case "circle": case "ellipse": {
      const rx = at(element.localName === "circle" ? "r" : "rx"), ry = at(element.localName === "circle" ? "r" : "ry");
      return [[at("cx") - rx, at("cy") - ry], [at("cx") + rx, at("cy") + ry]];
    }
    case "rect": case "image": case "foreignObject":
      return corners(new DOMRect(at("x"), at("y"), at("width"), at("height")));
    default: return [];
  }
}

function measuredPath(element) {
  const d = element.getAttribute("d") ?? "";
  if (element.measured?.d !== d) {
    const chords = subpathsOf(d).flat().flatMap(points => chopped(points)).filter(chord => chord.length > 0);
    let total = 0;
    for (const chord of chords) {
      chord.start = total;
      total += chord.length;
    }
    element.measured = {d, chords, total};
  }
  return element.measured;
}

function pointAlong(element, distance) {
  const {chords, total} = measuredPath(element);
  const wanted = Math.min(Math.max(distance, 0), total);
  let low = 0, high = chords.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (chords[middle].start <= wanted) low = middle; else high = middle - 1;
  }
  if (high < 0) return {x: 0, y: 0};
  const {whole, from, to, start, length} = chords[low];
  const [x, y] = bezier(whole, from + (to - from) * (wanted - start) / length);
  return {x, y};
}

// Methods of the elements.

const textRootOf = element => element.localName === "text" || !(element.parentNode instanceof SVGElement) ? element : textRootOf(element.parentNode);

function boxOf(element) {
  // In the element's own coordinates; null if it covers nothing.
  if (["text", "tspan"].includes(element.localName)) {
    const inside = runsOf(textRootOf(element)).filter(run => element.contains(run.element));
    return boxAround(inside.flatMap(run => corners(new DOMRect(run.x + run.left, run.y - run.ascent, run.right - run.left, run.ascent + run.descent))));
  }
  if (!["g", "svg", "a"].includes(element.localName)) return boxAround(outlineOf(element));
  const boxes = element.children.filter(child => child.localName !== "defs" && computed(child, "display") !== "none");
  return boxAround(boxes.flatMap(child => {
    const box = boxOf(child);
    return box ? corners(moved(box, transformOf(child))) : [];
  }));
}

Object.assign(SVGElement.prototype, {
  getBBox() { return boxOf(this) ?? new DOMRect(); },
  getComputedTextLength() {
    return runsOf(textRootOf(this)).filter(run => this.contains(run.element)).reduce((sum, run) => sum + run.width, 0);
  },
  getTotalLength() { return measuredPath(this).total; },
  getPointAtLength(distance) { return pointAlong(this, distance); },
});

Object.defineProperty(SVGElement.prototype, "transform", {get() {
  const [a, b, c, d, e, f] = transformOf(this);
  return {baseVal: {consolidate: () => this.getAttribute("transform") ? {matrix: {a, b, c, d, e, f}} : null}};
}});

Element.prototype.getBoundingClientRect = function () {
  if (!(this instanceof SVGElement)) return new DOMRect(0, 0, this.offsetWidth, this.offsetHeight);
  if (this.localName === "svg" && !(this.parentNode instanceof SVGElement)) return new DOMRect(0, 0, lengthOf(this, "width"), lengthOf(this, "height"));
  const box = boxOf(this), matrix = matrixToPage(this);
  return box ? moved(box, matrix) : new DOMRect(matrix[4], matrix[5]);
};
