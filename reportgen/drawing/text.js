// Text: computed styles, the width of a run of text in a font, the place of each run.
// In: elements of dom.js; font tables handed in with installFont. Out: computed, getComputedStyle, runsOf. No effects.
"use strict";

// Computed styles: inherited properties come from the nearest ancestor that declares them.

const INHERITED = new Set(["fill", "fill-opacity", "stroke", "font-family", "font-size", "font-style", "font-weight", "font-variant",
  "letter-spacing", "text-anchor", "text-transform", "visibility", "white-space", "cursor", "pointer-events"]);
const INITIAL = {"font-size": "16px", "font-family": "", "font-style": "normal", "font-weight": "400", "text-anchor": "start",
  "text-transform": "none", opacity: "1", transform: "none", visibility: "visible", fill: "rgb(0, 0, 0)", stroke: "none"};

function computed(element, name) {
  for (let node = element; node && node.nodeType === 1; node = node.parentNode) {
    const value = (node.declarations && node.declarations.getPropertyValue(name))
      || (name === "transform" || !(node instanceof SVGElement) ? "" : node.getAttribute(name));
    if (value && value !== "inherit") return value;
    if (!INHERITED.has(name) && value !== "inherit") break;
  }
  if (name === "display") return element instanceof SVGElement ? "inline" : "block";
  return INITIAL[name] ?? "";
}

function getComputedStyle(element) {
  const getPropertyValue = name => computed(element, name);
  return new Proxy({getPropertyValue}, {get: (style, name) => style[name] ?? computed(element, cssName(String(name)))});
}

function fontSizeOf(element) {
  const size = (element.declarations && element.declarations.getPropertyValue("font-size")) || element.getAttribute("font-size");
  const number = parseFloat(size);
  const above = () => element.parentNode instanceof Element ? fontSizeOf(element.parentNode) : 16;
  if (Number.isNaN(number)) return above();
  if (size.endsWith("%")) return above() * number / 100;
  return size.endsWith("em") ? above() * number : size.endsWith("pt") ? number * 4 / 3 : number;
}

// Fonts: per face, how far each character advances and how much each pair of letters moves together, in parts of 1000.

const fonts = {families: {}, fallback: "", generic: {}, faces: {}, words: new Map(), foreign: null};

class MissingFont extends Error {
  constructor(key) { super(key); this.name = "MissingFont"; }
}

function installFonts(families, fallback, generic) { Object.assign(fonts, {families, fallback, generic}); }

function installFont(key, {ascent, descent, missing, letters, advances, ink, pairs}) {
  // Adds letters to a face. What it knows of a pair already stays.
  const bold = Number(Number(key.split("|")[1]) >= 600), maps = () => ({advances: new Map(), ink: new Map(), pairs: new Map(), shaped: new Map()});
  const face = fonts.faces[key] ??= {ascent, descent, missing, bold, ...maps()};
  [...letters].forEach((letter, i) => {
    face.advances.set(letter, advances[i]);
    face.ink.set(letter, ink[i]);
  });
  for (const [pair, moved] of Object.entries(pairs)) if (!face.pairs.has(pair)) face.pairs.set(pair, moved);
  face.shaped.clear();
}

function installWords(words) {
  // How far each run of signs that no face has advances, regular and bold, for the next figure.
  const runs = Object.keys(words);
  fonts.words = new Map(Object.entries(words));
  fonts.foreign = new Set(runs.flatMap(run => [...run]));
  for (const face of Object.values(fonts.faces)) face.shaped.clear();
}

function withRuns(text) {
  // The signs of a text, those that no face has in runs.
  const parts = [];
  let inRun = false;
  for (const sign of text) {
    const foreign = fonts.foreign.has(sign);
    if (foreign && inRun) parts[parts.length - 1] += sign;
    else parts.push(sign);
    inRun = foreign;
  }
  return parts;
}

function foreignWidth(run, {bold}) {
  // The width of a run of signs that no face has: as it was measured, else sign by sign.
  if (!fonts.words.size) return undefined;
  const width = sign => fonts.words.get(sign)?.[bold];
  return width(run) ?? (fonts.foreign.has([...run][0]) ? [...run].reduce((sum, sign) => sum + (width(sign) ?? 600), 0) : undefined);
}

function faceOf(element) {
  const names = computed(element, "font-family").split(",").map(name => name.replace(/TOBESTRIPPED|["']/g, "").trim().toLowerCase());
  const family = names.map(name => fonts.families[name] ?? fonts.generic[name]).find(Boolean) ?? fonts.fallback;
  const weight = computed(element, "font-weight"), style = computed(element, "font-style");
  const number = {normal: 400, bold: 700, bolder: 700, lighter: 300}[weight] ?? (Number(weight) || 400);
  const key = `${family}|${number}|${/italic|oblique/.test(style) ? "italic" : "normal"}`;
  if (!(key in fonts.faces)) throw new MissingFont(key);
  return fonts.faces[key];
}

const NO_INK = [0, 0];

function shaped(text, face, size) {
  // How far a run advances, and from where to where it has ink: Chromium's boxes hold each glyph's ink in whole pixels.
  const key = size + text;  // a face has one weight
  if (face.shaped.has(key)) return face.shaped.get(key);
  const signs = fonts.words.size ? withRuns(text) : text;
  let width = 0, left = 0, right = 0, before = "";
  for (const sign of signs) {
    width += (face.pairs.get(before + sign) ?? 0) * size / 1000;
    const [inkLeft, inkRight] = face.ink.get(sign) ?? NO_INK;
    left = Math.min(left, width + Math.floor(inkLeft * size / 1000));
    right = Math.max(right, width + Math.ceil(inkRight * size / 1000));
    width += (face.advances.get(sign) ?? foreignWidth(sign, face) ?? face.missing) * size / 1000;
    before = sign;
  }
  const shape = {width, left, right: Math.max(right, width)};
  face.shaped.set(key, shape);
  return shape;
}

// Text: runs of one font, placed by x, y, dx and dy, and moved by the anchor of their chunk.

const cased = {uppercase: text => text.toUpperCase(), lowercase: text => text.toLowerCase(),
  capitalize: text => text.replace(/(^|[^\p{L}\p{N}'’])(\p{L})/gu, (whole, edge, letter) => edge + letter.toUpperCase())};

function runsOf(root) {
  const runs = [];
  let x = 0, y = 0, pending = {}, chunk = 0;
  function visit(element) {
    const size = fontSizeOf(element), inEm = value => /em\s*$/.test(value) ? parseFloat(value) * size : parseFloat(value) || 0;
    for (const name of ["x", "y", "dx", "dy"]) {
      const value = element.getAttribute(name);
      if (value !== null) pending[name] = inEm(value);
    }
    for (const node of element.childNodes) {
      if (node.nodeType === 1) visit(node);
      else if (node.nodeType === 3 && node.data) {
        if (pending.x !== undefined || pending.y !== undefined || !runs.length) chunk++;
        x = (pending.x ?? x) + (pending.dx ?? 0);
        y = (pending.y ?? y) + (pending.dy ?? 0);
        pending = {};
        const face = faceOf(element), change = cased[computed(element, "text-transform")];
        const spacing = (parseFloat(computed(element, "letter-spacing")) || 0) * [...node.data].length;
        const shape = shaped(change ? change(node.data) : node.data, face, size), width = shape.width + spacing;
        const [ascent, descent] = extentOf(face, size);
        runs.push({...shape, element, chunk, x, y, width, ascent, descent, anchor: computed(element, "text-anchor")});
        x += width;
      }
    }
  }
  visit(root);
  for (const first of runs.filter((run, i) => i === 0 || runs[i - 1].chunk !== run.chunk)) {
    const members = runs.filter(run => run.chunk === first.chunk);
    const last = members.at(-1), whole = last.x + last.width - first.x;
    const shift = {middle: whole / 2, end: whole}[first.anchor] ?? 0;
    for (const run of members) run.x -= shift;
  }
  return runs;
}

function extentOf(face, size) {
  // Chromium rounds both to whole pixels.
  return [Math.round(face.ascent * size / 1000), Math.round(face.descent * size / 1000)];
}
