// Selectors, such as "g.plot > path".
// In: a selector and an element of dom.js. Out: whether it matches. Effects: none; a selector is parsed once and kept.
"use strict";

// A parsed selector: alternatives, each a list of compound selectors with their combinators, right to left.

const parsedSelectors = new Map();

function parseSelector(text) {
  let parsed = parsedSelectors.get(text);
  if (!parsed) parsedSelectors.set(text, parsed = splitOutside(text, ",").map(parseChain));
  return parsed;
}

function parseChain(text) {
  const steps = [];
  let joint = " ";
  for (const part of text.trim().replace(/\s*>\s*/g, " > ").split(/\s+/)) {
    if (part === ">") joint = ">";
    else {
      steps.unshift({tests: parseCompound(part), joint});
      joint = " ";
    }
  }
  return steps;
}

function parseCompound(text) {
  const tests = [];
  const token = /([.#]?)((?:[\w-]|\\.|[^\x00-\x7f])+)|(\*)|\[([\w:-]+)(?:([~^$*|]?=)["']?([^"'\]]*)["']?)?\]|:([\w-]+)(?:\(([^)]*)\))?/gy;
  let end = 0;
  for (let found; (found = token.exec(text)); end = token.lastIndex) {
    const [, sign, rawName, , attribute, operator, value, pseudo, argument] = found;
    const name = rawName?.replace(/\\(.)/g, "$1");
    if (sign === ".") tests.push(element => hasClass(element, name));
    else if (sign === "#") tests.push(element => element.id === name);
    else if (name) tests.push(element => element.localName === name);
    else if (attribute) tests.push(attributeTest(attribute, operator, value));
    else if (pseudo) tests.push(pseudoTest(pseudo, argument));
  }
  if (end !== text.length || text === "") throw new SyntaxError(`"${text}" is not a selector that this document knows`);
  return tests;
}

function attributeTest(name, operator, wanted) {
  return element => {
    const value = element.getAttribute(name);
    if (value === null || !operator) return value !== null;
    if (operator === "^=") return value.startsWith(wanted);
    if (operator === "$=") return value.endsWith(wanted);
    if (operator === "*=") return value.includes(wanted);
    return value === wanted;
  };
}

function pseudoTest(name, argument) {
  if (name === "not") return element => !element.matches(argument);
  if (name === "scope") return (element, scope) => element === scope;
  if (name === "first-child") return element => element.parentNode.children[0] === element;
  if (name === "last-child") return element => element.parentNode.children.at(-1) === element;
  if (name === "nth-child") return element => element.parentNode.children.indexOf(element) + 1 === Number(argument);
  if (name === "hover" || name === "focus") return () => false;
  throw new SyntaxError(`":${name}" is not a selector that this document knows`);
}

function selects(chains, node, scope) {
  for (const steps of chains) if (selectsFrom(steps, 0, node, scope)) return true;
  return false;
}

function selectsFrom(steps, index, element, scope) {
  if (!element || element.nodeType !== 1) return false;
  for (const test of steps[index].tests) if (!test(element, scope)) return false;
  if (index + 1 === steps.length) return true;
  for (let above = element.parentNode; above; above = above.parentNode) {
    if (selectsFrom(steps, index + 1, above, scope)) return true;
    if (steps[index].joint === ">") return false;
  }
  return false;
}
