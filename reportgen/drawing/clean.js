// The picture as text: only what is visible, ids numbered in their order, numbers to a thousandth of a pixel.
// In: the svg element that plotly.js drew. Out: SVG text. Effects: none.
"use strict";

const ROUNDED = new Set(["d", "transform", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "dx"]);
const DROPPED = new Set(["data-unformatted", "data-math", "data-notex", "data-bb", "data-index", "xlink:show", "target", "onclick", "tabindex", "xmlns"]);
const DEFAULTS = {"pointer-events": null, cursor: null, "vector-effect": null, opacity: "1", "fill-opacity": "1", "stroke-opacity": "1",
  "font-style": "normal", "font-variant": "normal", "font-weight": "normal", "text-transform": "none", "text-decoration": "none",
  "text-shadow": "none", overflow: null, "mix-blend-mode": "normal", "shape-rendering": "auto"};
const MOST_BRICKS = 4000;
const sharp = new Set();  // Addresses of the pictures of traces whose pixels stay sharp.
const EMPTY_MEANS_NOTHING = new Set(["g", "text", "defs"]);

const rounded = text => text.replace(/-?\d+\.\d{4,}(?:e[-+]?\d+)?|-?\d+(?:\.\d+)?e-\d+/gi, number => String(Math.round(number * 1000) / 1000 || 0));
// An arc of no radius is a line, which not every program knows.
const NO_ARC = /A0[ ,]+0[ ,]+[-\d.]+[ ,]+[01][ ,]*[01][ ,]*(-?[\d.]+[ ,]+-?[\d.]+)/g;
const references = text => [...text.matchAll(/url\(\s*["']?(?:TOBESTRIPPED)?#([^"')]+?)(?:TOBESTRIPPED)?["']?\s*\)/g)].map(found => found[1]);

function clean(svg, ident) {
  const used = new Set();
  const look = (value, name) => {
    if (!value.includes("#")) return;
    for (const id of references(value)) used.add(id);
    if (value[0] === "#" && name.endsWith("href")) used.add(value.slice(1));
  };
  for (let node = svg.following(svg); node; node = node.following(svg)) {
    if (node.nodeType !== 1) continue;
    node.attributeValues.forEach(look);
    if (node.declarations) node.declarations.values.forEach(look);
  }
  const names = new Map();
  const rename = id => names.get(id) ?? names.set(id, `${ident}-${names.size + 1}`).get(id);
  const content = svg.childNodes.map(node => write(node, used, rename)).join("");
  const width = svg.getAttribute("width"), height = svg.getAttribute("height");
  return `<svg xmlns="${SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>\n`;
}

function write(node, used, rename) {
  if (node.nodeType === 3) return escapeText(node.data);
  if (node.nodeType !== 1 || (node instanceof SVGElement) === false) return "";
  if (node.declarations && node.declarations.getPropertyValue("display") === "none") return "";
  const href = node.getAttribute("xlink:href") ?? "";
  if (node.localName === "image" && href.startsWith("data:canvas,")) return writeCanvas(node, canvases[Number(href.slice(12))]);
  const content = node.childNodes.map(child => write(child, used, rename)).join("");
  const id = node.getAttribute("id");
  if (node.parentNode.localName === "g" && /^(clips|gradients|patterns)$/.test(node.parentNode.className) && !used.has(id)) return "";
  if (node.localName === "path" && !node.getAttribute("d")) return "";
  if (EMPTY_MEANS_NOTHING.has(node.localName) && !content && !used.has(id)) return "";
  if (node.localName === "image" && sharp.has(href) && node.parentNode.className.split(" ").includes("im")) node.style.setProperty("image-rendering", "pixelated");
  let attributes = "";
  const turn = node.localName === "image" ? node.style.getPropertyValue("transform").replace(/px/g, "") : "";
  if (turn) {  // As an attribute, which programs other than browsers read too.
    node.style.removeProperty("transform");
    node.setAttribute("transform", turn);
  }
  for (const name of node.getAttributeNames()) {
    const value = attributeText(node, name, used, rename);
    if (value !== "") attributes += ` ${name}="${escapeAttribute(value)}"`;
  }
  return `<${node.localName}${attributes}` + (content ? `>${content}</${node.localName}>` : "/>");
}

function attributeText(node, name, used, rename) {
  const value = node.getAttribute(name);
  if (DROPPED.has(name)) return "";
  if (name === "id") return used.has(value) ? rename(value) : "";
  if (name === "class") return value.replace(/\b(trace)[0-9a-f]{6}\b/g, "").replace(/\bcrisp\b/, "").replace(/\s+/g, " ").trim();
  if (name === "transform" && /^(translate\(0,\s*0\)|rotate\(0(,0,0)?\)|)$/.test(value)) return "";
  if (/href$/.test(name) && value[0] === "#") return "#" + rename(value.slice(1));
  const text = name === "style" ? styleText(node) : name === "d" ? rounded(value).replace(NO_ARC, "L$1") : ROUNDED.has(name) ? rounded(value) : value;
  return text.replace(/url\(\s*["']?(?:TOBESTRIPPED)?#([^"')]+?)(?:TOBESTRIPPED)?["']?\s*\)/g, (_, id) => `url(#${rename(id)})`)
    .replace(/TOBESTRIPPED/g, "'");
}

function styleText(node) {
  let text = "";
  for (const [name, value] of node.declarations.values) {
    if (name === "white-space" ? !spaced(node) : name in DEFAULTS && (DEFAULTS[name] === null || DEFAULTS[name] === value)) continue;
    text += `${text && " "}${name}: ${/^-?\d*\.\d{4,}/.test(value) ? rounded(value) : value};`;
  }
  return text;
}

const spaced = node => /^\s|\s$|\s\s/.test(node.textContent) || node.querySelector("tspan");

function writeCanvas(image, canvas) {
  // Bricks become rectangles, which stay sharp on paper; smooth fields and very many bricks become pixels.
  const [x, y, width, height] = ["x", "y", "width", "height"].map(name => lengthOf(image, name));
  const crisp = image.style.getPropertyValue("image-rendering") === "pixelated", opacity = image.style.getPropertyValue("opacity");
  const faint = opacity && opacity !== "1" ? opacity : "";
  if (!canvas.image && canvas.marks.length > MOST_BRICKS) canvas.image = painted(canvas);
  const bricks = !canvas.image ? canvas.marks : crisp && canvas.width * canvas.height <= MOST_BRICKS ? bricksOf(canvas.image) : null;
  if (!bricks) {
    const href = `data:pixels,${canvases.indexOf(canvas)}`, style = crisp ? ' style="image-rendering: pixelated;"' : "";
    return `<image x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none"${faint && ` opacity="${faint}"`}${style} xlink:href="${href}"/>`;
  }
  const across = width / canvas.width, down = height / canvas.height;
  const rects = bricks.filter(brick => brick.width > 0 && brick.height > 0).map(brick => {
    const at = [x + brick.x * across, y + brick.y * down, brick.width * across, brick.height * down].map(value => rounded(String(value)));
    return `<rect x="${at[0]}" y="${at[1]}" width="${at[2]}" height="${at[3]}" fill="${escapeAttribute(brick.fill)}"/>`;
  });
  return `<g class="bricks" shape-rendering="crispEdges"${faint && ` opacity="${faint}"`}>${rects.join("")}</g>`;
}

function bricksOf({width, height, data}) {
  return Array.from({length: width * height}, (_, i) => {
    const [red, green, blue, alpha] = data.subarray(4 * i, 4 * i + 4);
    const fill = alpha === 255 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
    return {x: i % width, y: Math.floor(i / width), width: alpha ? 1 : 0, height: 1, fill};
  });
}

function painted({width, height, marks}) {
  // Pixels of rectangles that plotly.js rounds to whole ones.
  const data = new Uint8ClampedArray(4 * width * height);
  for (const mark of marks) {
    const [red, green, blue, alpha = 1] = mark.fill.match(/[\d.]+/g).map(Number), pixel = [red, green, blue, 255 * alpha];
    const [left, right] = [mark.x, mark.x + mark.width].map(edge => Math.min(Math.max(Math.round(edge), 0), width));
    const [top, bottom] = [mark.y, mark.y + mark.height].map(edge => Math.min(Math.max(Math.round(edge), 0), height));
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) data.set(pixel, 4 * (y * width + x));
  }
  return {width, height, data};
}

function pixelsOf(index) {
  const {width, height, data} = canvases[index].image;
  return JSON.stringify({width, height, data: Array.from(data)});
}
