// The desk in a browser: numbers of a text are chosen, a form is filled in and judged while one types, a fact is saved.
// Text of a source is only ever put in as text. Places count in code points, as the server counts; a page counts in
// halves of them, so every place is translated where it comes in and where it goes out.
"use strict";

const $ = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const secret = $("meta[name=desk]").content;

// Asks the server. Without an answer the status is 0.
async function ask(name, form) {
  try {
    const answer = await fetch(`/__desk/api/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Desk": secret },
      body: JSON.stringify(form),
    });
    return { status: answer.status, ...(await answer.json()) };
  } catch {
    return { status: 0, error: "the server does not answer; is `reportgen serve` still running?" };
  }
}

function sentence(text) {
  return text ? text[0].toUpperCase() + text.slice(1) + (/[.!?…]$/.test(text) ? "" : ".") : "";
}

function made(name, { text = "", ...given } = {}) {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [key, value] of Object.entries(given)) element.setAttribute(key, value);
  return element;
}

// The list of sources: what was not counted yet, one after another.
async function countRest() {
  for (const row of all("[data-uncounted]")) {
    const found = await ask("marks", { slug: row.dataset.slug });
    if (found.status !== 200) continue;
    $(".left", row).textContent = found.left;
    $(".lost", row).textContent = found.lost.length;
    $(".is-lost", row).hidden = !found.lost.length;
  }
}

function desk(main) {
  const text = $("#text"), panel = $("#panel"), form = $("#form"), told = $("#told"), help = $("#help");
  const { slug, copy } = main.dataset;
  const languages = main.dataset.languages.split(" ");
  const claims = all("[data-claim]"), fields = all("[data-field]");

  // Places in the text ------------------------------------------------------------------------------------------------

  const signs = new WeakMap();
  let paragraphs = all("[data-start]", text);
  const startOf = (paragraph) => Number(paragraph.dataset.start);
  const signsOf = (paragraph) => {
    if (!signs.has(paragraph)) signs.set(paragraph, Array.from(paragraph.textContent));
    return signs.get(paragraph);
  };
  const endOf = (paragraph) => startOf(paragraph) + signsOf(paragraph).length;

  // The last paragraph that begins at or before a place.
  function paragraphAt(place) {
    let low = 0, high = paragraphs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (startOf(paragraphs[middle]) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function pointAt(place) {
    const paragraph = paragraphs[paragraphAt(place)];
    let units = signsOf(paragraph).slice(0, Math.max(0, place - startOf(paragraph))).join("").length;
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node && units > node.data.length) {
      units -= node.data.length;
      node = walker.nextNode();
    }
    return [node ?? paragraph, node ? units : 0];
  }

  function rangeOf(start, end) {
    const range = document.createRange();
    range.setStart(...pointAt(start));
    range.setEnd(...pointAt(end));
    return range;
  }

  function placeOf(node, units) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const paragraph = element.closest("[data-start]");
    if (!paragraph || !text.contains(paragraph)) return null;
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(node, units);
    return startOf(paragraph) + Array.from(before.toString()).length;
  }

  // What is selected by mouse or by the handles of a phone.
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed || !selection.toString().trim()) return null;
    const range = selection.getRangeAt(0);
    const start = placeOf(range.startContainer, range.startOffset), end = placeOf(range.endContainer, range.endOffset);
    return start !== null && end !== null && start < end ? { start, end } : null;
  }

  // One word further or back from an edge, over the ends of paragraphs. Marks alone are no word.
  const isSpace = (sign) => /\s/u.test(sign);
  const isWord = (signs) => signs.some((sign) => /[\p{L}\p{N}]/u.test(sign));
  function wordAfter(place) {
    for (let n = paragraphAt(place); n < paragraphs.length; n++) {
      const signs = signsOf(paragraphs[n]), start = startOf(paragraphs[n]);
      let at = Math.max(0, place - start);
      while (at < signs.length) {
        while (at < signs.length && isSpace(signs[at])) at++;
        const from = at;
        while (at < signs.length && !isSpace(signs[at])) at++;
        if (isWord(signs.slice(from, at))) return start + at;
      }
    }
    return place;
  }
  function wordBefore(place) {
    for (let n = paragraphAt(Math.max(0, place - 1)); n >= 0; n--) {
      const signs = signsOf(paragraphs[n]), start = startOf(paragraphs[n]);
      let at = Math.min(signs.length, place - start);
      while (at > 0) {
        while (at > 0 && isSpace(signs[at - 1])) at--;
        const to = at;
        while (at > 0 && !isSpace(signs[at - 1])) at--;
        if (isWord(signs.slice(at, to))) return start + at;
      }
    }
    return place;
  }

  function highlight(start, end) {
    if (!globalThis.Highlight) return;
    CSS.highlights.delete("chosen");
    if (start < end) CSS.highlights.set("chosen", new Highlight(rangeOf(start, end)));
  }

  // Marks: drawn by the server, drawn anew here where they are others by now ---------------------------------------------

  function piecesOf(paragraph, facts, numbers) {
    const start = startOf(paragraph), end = endOf(paragraph), signs = signsOf(paragraph);
    const inside = (mark) => mark[1] < end && start < mark[2];
    const [those, counted] = [facts.filter(inside), numbers.filter(inside)];
    const cuts = new Set([start, end]);
    for (const mark of [...those, ...counted])
      for (const place of mark.slice(1, 3)) cuts.add(Math.min(Math.max(place, start), end));
    const ordered = [...cuts].sort((one, other) => one - other);
    return ordered.slice(1).map((last, n) => {
      const first = ordered[n];
      const around = those.filter((mark) => mark[1] <= first && last <= mark[2]);
      const number = counted.find((mark) => mark[1] <= first && last <= mark[2]);
      return {
        text: signs.slice(first - start, last - start).join(""),
        facts: [...new Set(around.map((mark) => mark[0]))].join(" "),
        retired: around.length > 0 && around.every((mark) => mark[3]),
        number: number ? String(number[0]) : "",
      };
    });
  }

  function drawn(piece) {
    if (!piece.number && !piece.facts) return document.createTextNode(piece.text);
    const mark = document.createElement("a");
    mark.textContent = piece.text;
    mark.className = piece.number ? (piece.facts ? "number fact" : "number") : piece.retired ? "fact retired" : "fact";
    mark.href = piece.number ? `#n${piece.number}` : `/facts/${piece.facts.split(" ")[0]}/`;
    if (piece.number) { mark.id = `n${piece.number}`; mark.dataset.number = piece.number; }
    if (piece.facts) mark.dataset.facts = piece.facts;
    prepare(mark);
    return mark;
  }

  // What a paragraph shows, to be compared with what it ought to show.
  const shownOf = (paragraph) =>
    [...paragraph.childNodes].map((node) =>
      node.nodeType === Node.TEXT_NODE ? node.data : [node.textContent, node.className, node.dataset.number, node.dataset.facts].join("|"),
    ).join("¦");

  function prepare(mark) {
    mark.tabIndex = -1;
    mark.setAttribute("role", "button");
    const what = mark.dataset.number ? "no fact yet" : `fact ${mark.dataset.facts}`;
    mark.setAttribute("aria-description", what);
  }

  let refreshing = 0;
  async function refresh() {
    const turn = ++refreshing;
    const found = await ask("marks", { slug, copy });
    if (found.status !== 200 || turn !== refreshing) return;
    const held = document.activeElement?.closest?.("#text a");
    const place = here && document.contains(here) ? placeOf(here.firstChild, 0) : 0;
    let facts = 0, numbers = 0;
    for (const paragraph of paragraphs) {
      const start = startOf(paragraph), end = endOf(paragraph);
      while (facts < found.facts.length && found.facts[facts][2] <= start && found.facts[facts][1] < start) facts++;
      while (numbers < found.numbers.length && found.numbers[numbers][2] <= start) numbers++;
      const these = found.facts.filter((mark) => mark[1] < end && start < mark[2]);
      const last = found.numbers.findIndex((mark, n) => n >= numbers && mark[1] >= end);
      const pieces = piecesOf(paragraph, these, found.numbers.slice(numbers, last < 0 ? undefined : last));
      if (pieces.length < 2 && !pieces[0]?.number && !pieces[0]?.facts && paragraph.childElementCount === 0) continue;
      const copyOf = document.createElement("p");
      copyOf.append(...pieces.map(drawn));
      if (shownOf(copyOf) !== shownOf(paragraph)) paragraph.replaceChildren(...copyOf.childNodes);
    }
    $("[data-count=facts]").textContent = found.count;
    $("[data-count=left]").textContent = found.left;
    const losses = $("#losses");
    losses.hidden = !found.lost.length;
    $("ul", losses).replaceChildren(...found.lost.map(([id, quote, nearest]) => {
      const item = made("li"), link = made("a", { text: id, class: "edit", href: `/facts/${id}/`, "data-facts": id });
      item.append(link, " ", made("q", { text: quote }));
      if (nearest) item.append(" ", made("span", { text: `nearest: ${nearest}`, class: "nearest" }));
      return item;
    }));
    fillMeasures(found.measures);
    // The focus stays at its words, whatever they are by now; and where it was, it comes back to.
    if (here && !document.contains(here)) here = markAt(place);
    rove();
    if (state.open) highlight(state.start, state.end);
    if (held && !document.contains(held)) (here ?? text).focus({ preventScroll: true });
  }

  // The mark at a place, else the next in its paragraph, else the last.
  function markAt(place) {
    const marks = all("a", paragraphs[paragraphAt(place)]);
    return marks.find((mark) => placeOf(mark.firstChild, 0) + Array.from(mark.textContent).length > place) ?? marks.at(-1) ?? null;
  }

  // Moving about --------------------------------------------------------------------------------------------------------

  // Of all marks one is in the order of the Tab key: the last that had the focus.
  let here = null;
  function rove() {
    if (!here || !document.contains(here)) here = $("a.number", text) ?? $("a.fact", text);
    for (const mark of all("a[tabindex='0']", text)) mark.tabIndex = -1;
    if (here) here.tabIndex = 0;
  }

  function go(selector, step) {
    const marks = all(selector, text);
    const from = document.activeElement?.closest?.("#text a") ?? here;
    let next = null;
    if (!from || !text.contains(from)) next = marks[step > 0 ? 0 : marks.length - 1];
    else if (document.activeElement !== from && from === here && from.matches(selector)) next = from;
    else {
      const after = marks.filter((mark) => mark !== from &&
        Boolean(from.compareDocumentPosition(mark) & (step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING)));
      next = step > 0 ? after[0] : after[after.length - 1];
    }
    if (next) land(next);
    else say(step > 0 ? "there is none further down" : "there is none further up");
  }

  function land(mark) {
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center" });
  }

  function say(message) {
    told.textContent = "";
    requestAnimationFrame(() => { told.textContent = sentence(message); });
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { told.textContent = ""; }, 6000);
  }

  // The form ------------------------------------------------------------------------------------------------------------

  let state = { open: false, name: "empty" };
  let lastUndo = "", measures = [];

  function show(name) {
    $("#idle").hidden = name !== "idle";
    form.hidden = name !== "form";
    $("#saved").hidden = name !== "saved";
    panel.classList.toggle("open", name !== "idle");
    document.body.classList.toggle("sheet-open", name !== "idle");
  }

  // empty, reading, ready, doubt, wrong, saving, saved, conflict, offline
  function become(name, lines = []) {
    state.name = name;
    const may = name === "ready" || name === "doubt";
    $("#save").setAttribute("aria-disabled", String(!may));
    const verdict = $("#verdict");
    verdict.dataset.state = name;
    form.setAttribute("aria-busy", String(name === "reading" || name === "saving"));
    const shown = name === "reading" ? ["Checking…"] : name === "saving" ? ["Saving…"] : lines;
    verdict.replaceChildren(...shown.map((line) => {
      if (line instanceof Node) return line;
      if (typeof line === "string") return made("p", { text: line });
      const item = made("p", { text: sentence(line.message.replace(/^"[^"]*": /, "")) });
      if (line.hint) item.append(made("span", { text: sentence(line.hint), class: "hint" }));
      return item;
    }));
    for (const field of all("[aria-invalid]", form)) { field.removeAttribute("aria-invalid"); described(field, false); }
    if (name === "wrong" || name === "doubt")
      for (const line of lines) {
        const field = line.severity === "error" && line.field &&
          (line.field === "claim" ? claims[0] : $(`[data-field="${line.field}"]`));
        if (field) { field.setAttribute("aria-invalid", "true"); described(field, true); }
      }
  }

  // A field that is wrong is described by what the verdict says.
  function described(field, isWrong) {
    const ids = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== "verdict");
    if (isWrong) ids.push("verdict");
    if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
    else field.removeAttribute("aria-describedby");
  }

  function fillMeasures(known, likely = state.likely ?? []) {
    measures = known;
    const box = $("#measure"), chosen = box.value;
    const option = ([id, label, unit]) => made("option", { value: id, text: unit ? `${label} · ${unit}` : label });
    const group = (label, those) => {
      const made_ = made("optgroup", { label });
      made_.append(...those.map(option));
      return made_;
    };
    const first = likely.map((id) => known.find((one) => one[0] === id)).filter(Boolean);
    const rest = known.filter((one) => !likely.includes(one[0]));
    box.replaceChildren(made("option", { value: "", text: "none" }), made("option", { value: "+", text: "A new measure…" }));
    if (first.length) box.append(group("Likely", first));
    if (rest.length) box.append(group(first.length ? "Others" : "All", rest));
    box.value = chosen;
    if (box.selectedIndex < 0) box.value = "";
  }

  // A range is typed as "12 – 15", a value with its range as "5 (4 – 6)".
  function written(value) {
    if (typeof value === "string") return value;
    const range = value.min === undefined ? `≤ ${value.max}` : value.max === undefined ? `≥ ${value.min}` : `${value.min} – ${value.max}`;
    return value.value === undefined ? range : `${value.value} (${range})`;
  }
  function valueOf(typed) {
    const number = "(-?\\d[\\d.]*)", range = `${number}\\s*(?:–|\\.\\.|to)\\s*${number}`;
    let found = typed.match(new RegExp(`^\\s*${range}\\s*$`));
    if (found) return { min: found[1], max: found[2] };
    found = typed.match(new RegExp(`^\\s*${number}\\s*\\(\\s*${range}\\s*\\)\\s*$`));
    return found ? { value: found[1], min: found[2], max: found[3] } : typed.trim();
  }

  function put(name, value, guessed) {
    const field = $(`[data-field="${name}"]`);
    if (state.touched.has(name)) return;
    field.value = value ?? "";
    field.closest(".field").classList.toggle("guessed", Boolean(guessed && value));
  }

  // What was read of the words, put into the fields that nobody has touched.
  function fill(read) {
    Object.assign(state, { read, base: read.base, start: read.start, end: read.end, likely: read.measures });
    for (const part of ["prefix", "quote", "suffix"]) {
      const shown = $(`[data-quote="${part}"]`);
      shown.textContent = part === "prefix" && read.prefix ? `${read.prefix} ` : part === "suffix" && read.suffix ? ` ${read.suffix}` : read[part];
    }
    $("#words").textContent = `${read.words} of 12 words`;
    $("#words").classList.toggle("over", read.words > 12);
    fillMeasures(measures, read.measures);
    const found = read.fact ?? read.propose;
    const isNew = !read.fact;
    put("value", found.value === undefined ? "" : written(found.value));
    put("unit", found.unit);
    put("relation", isNew && found.relation === null ? "" : found.relation || "=");
    state.asksRelation = isNew ? found.relation === null : Boolean(read.fact.relation);
    put("modality", found.modality);
    put("measure", found.measure, isNew);
    put("place", found.place, isNew);
    put("as_of", found.as_of, isNew);
    put("locator", found.locator);
    put("id", read.fact?.id ?? "");
    put("reading", isNew ? found.reading : plain(read.fact?.reading), isNew);
    if (isNew && found.reading) $("#more").open = true;
    const cell = $("#cell"), heads = [["Row", found.row], ["Column", found.column]].filter(([, head]) => head);
    cell.hidden = !isNew || !heads.length;
    cell.replaceChildren(...heads.flatMap(([name, head], n) => [n ? " · " : "", `${name}: `, made("q", { text: head })]));
    put("note", plain(read.fact?.note));
    if (read.fact && !state.touched.has("claim")) {
      const claim = read.fact.claim ?? "";
      for (const box of claims) box.value = typeof claim === "string" ? (box === claims[0] ? claim : "") : claim[box.dataset.claim] ?? "";
      state.oneClaim = typeof claim === "string";
    }
    offer(read.claims);
    highlight(read.start, read.end);
    newMeasure();
  }
  const plain = (said) => (said && typeof said === "object" ? said[languages[0]] ?? Object.values(said)[0] : said ?? "");

  function offer(offered) {
    const box = $("#offers");
    box.hidden = !offered?.length;
    $("ul", box).replaceChildren(...(offered ?? []).map((texts) => {
      const item = made("li"), shown = languages.map((tag) => texts[tag]).filter(Boolean)[0] ?? Object.values(texts)[0];
      const button = made("button", { type: "button", class: "link", text: shown });
      button.addEventListener("click", () => {
        for (const claim of claims) if (texts[claim.dataset.claim]) claim.value = texts[claim.dataset.claim];
        if (!texts[languages[0]] && claims.every((claim) => !claim.value)) claims[0].value = shown;
        state.touched.add("claim");
        claims[0].focus();
        changed();
      });
      item.append(button);
      return item;
    }));
  }

  function newMeasure() {
    // A fact without a unit of its own has its measure's.
    $("#unit").placeholder = measures.find((one) => one[0] === $("#measure").value)?.[2] ?? "";
    const isNew = $("#measure").value === "+";
    const box = $("#new-measure");
    if (isNew && box.hidden) {
      const unit = $("#unit").value.trim(), value = $("#value").value;
      $("#measure-unit").value = unit;
      $("#measure-kind").value = /^\d{4}-\d\d/.test(value) ? "date" : unit && !/percent|%|[A-Z]{3}|^[kMGT]?Wh?$/.test(unit) ? "count" : "number";
    }
    box.hidden = !isNew;
  }
  const asId = (label) => label.toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");

  function formOf() {
    const said = Object.fromEntries(fields.map((field) => [field.dataset.field, field.value.trim()]));
    const texts = claims.map((box) => [box.dataset.claim, box.value.trim()]).filter(([, claim]) => claim);
    const isOne = texts.length === 1 && texts[0][0] === languages[0] && state.oneClaim !== false;
    const before = state.read.fact ?? {};
    if (before.claim && typeof before.claim === "object")
      for (const [tag, claim] of Object.entries(before.claim)) if (!languages.includes(tag)) texts.push([tag, claim]);
    for (const name of ["reading", "note"])
      if (before[name] && typeof before[name] === "object") {
        const shown = before[name][languages[0]] === undefined ? Object.keys(before[name])[0] : languages[0];
        said[name] = state.touched.has(name) ? { ...before[name], [shown]: said[name] } : before[name];
      }
    if (!state.touched.has("id")) said.id = "";  // made of what is said, until somebody writes one
    said.claim = texts.length === 0 ? "" : isOne ? texts[0][1] : Object.fromEntries(texts);
    said.value = valueOf(said.value);
    if (said.relation === "=" && !state.asksRelation) said.relation = "";
    if (typeof said.value === "object" && said.value.value === undefined) said.relation = "";
    if (/^\d{4}-\d\d/.test(said.value)) said.relation = "";
    const form = { slug, copy, quote: state.read.quote, prefix: state.read.prefix, suffix: state.read.suffix, fact: said, base: state.base };
    const why = $("#why-text").value.trim();
    if (why && !$("#why").hidden) form.change = { kind: $("#why-kind").value, text: why };
    if (said.measure === "+") {
      const about = Object.fromEntries(all("[data-measure]").map((field) => [field.dataset.measure, field.value.trim()]));
      const labels = all("[data-label]").map((field) => [field.dataset.label, field.value.trim()]).filter(([, label]) => label);
      const isOneLabel = labels.length < 2 && (labels[0]?.[0] ?? languages[0]) === languages[0];
      const name = labels.map(([, label]) => asId(label)).find(Boolean) ?? "measure";
      let id = name;
      for (let n = 2; measures.some((one) => one[0] === id); n++) id = `${name}-${n}`;
      form.measure = { id, label: isOneLabel ? labels[0]?.[1] ?? "" : Object.fromEntries(labels), ...about };
      if (about.kind === "date" || about.kind === "text") { delete form.measure.unit; said.unit = ""; }
      said.measure = id;
    }
    if (state.read.fact) { form.replaces = state.read.fact.id; form.part = state.read.part; said.id = state.read.fact.id; }
    return form;
  }

  // Each question has its turn; an answer to an earlier one says nothing of what stands in the form now.
  let turn = 0, timer = 0;
  function changed(wait = 150) {
    turn++;
    clearTimeout(timer);
    become("reading");
    timer = setTimeout(judge, wait);
  }

  async function judge() {
    const mine = ++turn;
    const asked = formOf();
    const lacks = !claims.some((box) => box.value.trim());
    if (lacks) asked.fact.claim = "{value}";
    const answer = await ask("judge", asked);
    if (mine !== turn || !state.open) return;
    if (answer.status !== 200) state.wants = false;
    if (answer.status === 0) return become("offline", [sentence(answer.error)]);
    if (answer.status !== 200) return become("wrong", answer.verdict ?? [sentence(answer.error ?? "it was refused")]);
    if (!state.touched.has("id") && !state.read.fact) $("#id").value = answer.id;
    offer(answer.claims.length ? answer.claims : state.read.claims);
    const wrong = [...answer.verdict.filter((one) => one.severity === "error")];
    const doubts = answer.verdict.filter((one) => one.severity !== "error");
    if (!state.read.unique) {
      const others = state.read.others.slice(0, 3).map((one) => `…${one}…`).join(" | ");
      const message = state.read.places ? `these words stand ${state.read.places} times in the source: ${others}` : "these words are not found in this copy";
      wrong.unshift({ message, hint: state.read.places ? "choose more words around the number" : "choose the words that it has now", severity: "error" });
    }
    if (state.read.verdict.length && !asked.fact.value) wrong.unshift({ message: state.read.verdict[0], hint: "type the value, and say under More how it follows", severity: "error" });
    if (wrong.length) { state.wants = false; return become("wrong", [...wrong, ...doubts]); }
    if (lacks) { state.wants = false; return become("empty", ["The words carry this value, and stand once in the source. Now the claim: your sentence, with {value} for the number."]); }
    if (doubts.length) become("doubt", doubts);
    else become("ready", ["The words carry this value, and stand once in the source."]);
    if (state.wants) save();
  }

  // What was typed outlives the page: it is loaded again after a new start of the server, or by a slip of the hand.
  const boxes = all("input, select, textarea", form).filter((box) => box.id), draft = `desk ${slug} ${copy}`;
  const isTyped = () => state.open && Boolean(state.read) && state.touched.size > 0;
  function keep() {
    if (!isTyped()) return sessionStorage.removeItem(draft);
    const { start, end, touched, asksRelation, read } = state;
    const typed = boxes.map((box) => [box.id, box.value]);
    sessionStorage.setItem(draft, JSON.stringify({ start, end, touched: [...touched], asksRelation, fact: read.fact?.id, part: read.part, typed }));
  }
  async function takeUp() {
    const kept = JSON.parse(sessionStorage.getItem(draft));
    if (!kept) return;
    await open(kept.fact ? { fact: kept.fact } : { start: kept.start, end: kept.end });
    if (!state.open) return;
    Object.assign(state, { start: kept.start, end: kept.end, touched: new Set(kept.touched), asksRelation: kept.asksRelation });
    for (const [id, value] of kept.typed) $(`#${id}`).value = value;
    newMeasure();
    if (kept.fact) adjust("", 0);
    else changed(0);
    say("what was typed here is back");
  }
  // Whether the form may go: it asks once if something was typed.
  function mayGo(key) {
    if (!isTyped() || state.asked === key) return true;
    state.asked = key;
    say(`something was typed: ${key} once more discards it`);
    return false;
  }

  function begin(given) {
    const back = document.activeElement?.closest?.("#text a, #losses a") ?? here;
    state = { open: true, name: "reading", touched: new Set(), back, ...given };
    for (const box of claims) box.value = "";
    for (const box of all("[data-label], input[data-measure]")) box.value = "";
    $("#measure").value = "";
    $("#more").open = false;
    show("form");
  }

  async function open(given) {
    begin({});
    become("reading");
    const mine = ++turn;
    let read = await ask("read", { slug, copy, ...given });
    // What cannot be proposed as it stands is read by its words.
    if (read.status === 404 && given.candidate) {
      const mark = $(`#n${given.candidate}`), start = placeOf(mark.firstChild, 0);
      read = await ask("read", { slug, copy, start, end: start + Array.from(mark.textContent).length });
    }
    if (mine !== turn) return;
    if (read.status !== 200) {
      const message = read.error ?? read.verdict?.map((one) => `${one.message}. ${sentence(one.hint ?? "")}`).join(" ") ?? "it was refused";
      close(true);
      return say(message);
    }
    const isEdit = Boolean(read.fact);
    $("#form-title").textContent = isEdit ? `Edit ${read.fact.id}` : "A new fact";
    $("#copy-call").hidden = !isEdit;
    $("#retire").hidden = !isEdit || read.retired;
    $("#why").hidden = true;
    $("#why-text").value = "";
    $("#id").readOnly = isEdit;
    const others = (given.others ?? []).filter((id) => id !== read.fact?.id);
    $("#others").hidden = !others.length;
    $("#others").replaceChildren("The same words carry ", ...others.flatMap((id) => {
      const button = made("button", { type: "button", class: "link", text: id });
      button.addEventListener("click", () => open({ fact: id, others: given.others }));
      return [button, " "];
    }));
    fill(read);
    if (given.candidate || given.start !== undefined || isEdit) rangeOf(read.start, read.end).startContainer.parentElement.scrollIntoView({ block: "nearest" });
    (read.propose.value !== undefined || isEdit ? claims[0] : $("#value")).focus({ preventScroll: true });
    reveal();
    await judge();
  }

  // The chosen words stay in sight: above the sheet of a phone.
  function reveal() {
    const box = rangeOf(state.start, state.end).getBoundingClientRect();
    const foot = matchMedia("(max-width: 60rem)").matches ? panel.getBoundingClientRect().top : innerHeight;
    if (box.top < 60 || box.bottom > foot - 16) scrollBy({ top: box.top - Math.max(70, (foot - box.height) / 2) });
  }

  async function adjust(side, step) {
    if (!state.open || !state.read) return;
    let { start, end } = state;
    if (side === "right" && step > 0) end = wordAfter(end);
    if (side === "left" && step > 0) start = wordBefore(start);
    if (side === "right" && step < 0) { end = wordBefore(end); while (end > start && isSpace(signAt(end - 1))) end--; }
    if (side === "left" && step < 0) { start = wordAfter(start); while (start < end && isSpace(signAt(start))) start++; }
    if (start >= end) return;
    Object.assign(state, { start, end });
    highlight(start, end);
    become("reading");
    const mine = ++turn;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const read = await ask("read", { slug, copy, start, end });
      if (mine !== turn) return;
      if (read.status !== 200) return become(read.status ? "wrong" : "offline", [sentence(read.error ?? "these words cannot be read")]);
      if (state.read.fact) Object.assign(read, { fact: state.read.fact, part: state.read.part, base: state.base });
      if (state.read.fact) for (const field of fields) state.touched.add(field.dataset.field);
      fill(read);
      say(`${read.quote}: ${$("#words").textContent}`);
      judge();
    }, 120);
  }
  function signAt(place) {
    const paragraph = paragraphs[paragraphAt(place)];
    return signsOf(paragraph)[place - startOf(paragraph)] ?? " ";
  }

  async function save() {
    if (state.name === "reading") { state.wants = true; return; }
    if (state.name === "saving") return;
    if (state.name === "offline" && state.read) { state.wants = true; return changed(0); }
    if (state.name !== "ready" && state.name !== "doubt") {
      if (state.name === "empty") claims[0].focus();
      say(state.name === "empty" ? "the claim is still to be written" : "it cannot be saved as it is");
      return;
    }
    state.wants = false;
    const mine = ++turn;
    become("saving");
    const answer = await ask("save", formOf());
    if (mine !== turn) return;
    if (answer.status === 201) return finish(answer);
    if (answer.status === 409) {
      const button = made("button", { type: "button", class: "button", text: "Take the new state, keep my fields" });
      button.addEventListener("click", () => { state.base = answer.base; refresh(); changed(0); $("#save").focus(); });
      become("conflict", ["A file was changed in the meantime, so nothing was written.", button]);
      button.focus();
      return;
    }
    if (answer.status === 0) return become("offline", [sentence(answer.error), "Nothing was saved; your fields stay."]);
    if (answer.verdict?.some((one) => one.code === "unexplained-change" || one.code === "needs-reason")) {
      const told = answer.verdict.map((one) => ({ ...one, hint: "say why below, and save again" }));
      become("doubt", told);
      $("#why").hidden = false;
      return $("#why-text").focus();
    }
    become("wrong", answer.verdict ?? [sentence(answer.error ?? "it was refused")]);
  }

  async function finish(answer) {
    lastUndo = answer.undo;
    const { start, end } = state;
    state = { open: false, name: "saved", call: answer.insert, id: answer.id, start, end };
    keep();
    $("#saved-where").textContent = `${answer.id}, in ${answer.file}, line ${answer.line}.`;
    $("#call").textContent = answer.insert;
    show("saved");
    highlight(0, 0);
    const done = answer.verified ? "Saved and verified" : "Saved, and not verified until its warnings are answered";
    $("#saved-title").textContent = done;
    say(`${done.toLowerCase()}: ${answer.id}`);
    $("#copy").focus({ preventScroll: true });
    await refresh();
    here = $(`a[data-facts~="${answer.id}"]`, text) ?? here;
    rove();
  }

  async function undo() {
    if (!lastUndo) return say("there is nothing to take back");
    const answer = await ask("undo", { token: lastUndo });
    if (answer.status !== 200) return say(answer.error ?? "it cannot be taken back");
    lastUndo = "";
    show("idle");
    state = { open: false, name: "empty" };
    back();  // the next key finds the focus in the text
    say("taken back; the files are as they were");
    await refresh();
  }

  async function retire() {
    const reason = $("#reason").value.trim();
    const answer = await ask("retire", { id: state.read.fact.id, reason, base: state.base });
    if (answer.status === 200) {
      lastUndo = answer.undo;
      close(true);
      say(`retired: ${answer.id}; u takes it back`);
      return refresh();
    }
    const briefs = answer.briefs ? `: ${answer.briefs.join(", ")}` : "";
    become(answer.status === 409 ? "conflict" : answer.status ? "wrong" : "offline",
      answer.verdict ?? [sentence(`${answer.error ?? "it was refused"}${briefs}`)]);
  }

  async function copyCall() {
    const call = state.call ?? `{{ fact("${state.read?.fact?.id}") }}`;
    try {
      await navigator.clipboard.writeText(call);
      say(`copied: ${call}`);
    } catch {
      getSelection().selectAllChildren($("#call"));
      return say("the browser does not allow to copy; the call is selected");
    }
    if (state.name === "saved") back();
  }

  // The focus returns to the number.
  function back() {
    if (state.back && document.contains(state.back)) here = state.back;
    rove();
    (here ?? text).focus({ preventScroll: true });
  }

  function close(sure = false) {
    if (!sure && !mayGo("Esc")) return;
    turn++;
    clearTimeout(timer);
    const from = state.back;
    state = { open: false, name: "empty", back: from };
    keep();
    highlight(0, 0);
    show("idle");
    back();
  }

  function editAt(mark) {
    const ids = mark.dataset.facts.split(" ");
    open({ fact: ids[0], others: ids });
  }

  // What people do --------------------------------------------------------------------------------------------------------

  const doings = {
    next: () => { if (state.open) return; show("idle"); go("a.number", 1); },
    help: () => help.showModal(),
    "close-help": () => help.close(),
    close: () => close(),
    copy: copyCall,
    undo,
    retire,
    take: () => { const chosen = selected(); getSelection().removeAllRanges(); if (chosen) open(chosen); },
    value: () => { const box = claims.find((one) => one === lastClaim) ?? claims[0]; box.setRangeText("{value}", box.selectionStart, box.selectionEnd, "end"); box.focus(); state.touched.add("claim"); changed(); },
    "left-on": () => adjust("left", 1), "left-off": () => adjust("left", -1),
    "right-on": () => adjust("right", 1), "right-off": () => adjust("right", -1),
  };
  let lastClaim = claims[0];

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) return doings[button.dataset.do]();
    const mark = event.target.closest("#text a, #losses a");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!mayGo("a click")) return;
    if (mark.dataset.number) open({ candidate: Number(mark.dataset.number) });
    else if (mark.dataset.facts) editAt(mark);
  });

  text.addEventListener("focusin", (event) => {
    const mark = event.target.closest("a");
    if (mark) { here = mark; rove(); }
  });

  document.addEventListener("keydown", (event) => {
    if (help.open) return;
    if (event.key === "Escape" && (state.open || !$("#saved").hidden)) { event.preventDefault(); return close(); }
    if (state.open && event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); return save(); }
    // In a field the arrows with Shift select what is typed; elsewhere they take words on and off.
    const inField = event.target.closest?.("input, textarea, select");
    if (state.open && !inField && event.shiftKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      event.preventDefault();
      const right = event.key === "ArrowRight";
      return event.altKey ? adjust("left", right ? -1 : 1) : adjust("right", right ? 1 : -1);
    }
    const inText = text.contains(event.target) || $("#losses").contains(event.target) || $("#saved").contains(event.target);
    if (!inText || event.ctrlKey || event.metaKey || event.altKey) return;
    const mark = event.target.closest?.("#text a, #losses a");
    if (event.key === "n") { event.preventDefault(); doings.next(); }
    else if (event.key === "p") { event.preventDefault(); if (!state.open) { show("idle"); go("a.number", -1); } }
    else if (event.key === "f" || event.key === "F") { event.preventDefault(); go("a.fact", event.shiftKey ? -1 : 1); }
    else if (event.key === "u") { event.preventDefault(); undo(); }
    else if (event.key === "?") { event.preventDefault(); help.showModal(); }
    else if (event.key === "e" && mark?.dataset.facts) { event.preventDefault(); editAt(mark); }
    else if (event.key === "Enter" && !event.target.closest("button")) {
      const chosen = selected();
      if (chosen) { event.preventDefault(); doings.take(); }
    } else if (event.key === " " && mark) { event.preventDefault(); mark.click(); }
  });

  document.addEventListener("selectionchange", () => { $("#take").hidden = state.open || !selected(); });

  form.addEventListener("input", (event) => {
    const field = event.target, name = field.dataset.field ?? (field.dataset.claim ? "claim" : field.dataset.measure || field.dataset.label ? "measure" : "");
    if (!name) return;
    state.asked = false;
    state.touched.add(name);
    if (name === "relation") state.asksRelation = state.asksRelation || field.value !== "=";
    field.closest(".field")?.classList.remove("guessed");
    if (field.id === "measure") newMeasure();
    keep();
    changed();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  for (const box of claims) {
    box.addEventListener("focus", () => { lastClaim = box; });
    box.addEventListener("keydown", (event) => {
      // A claim is one line; Enter in it saves nothing by itself. The arrow goes on to what is offered.
      if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault();
      const first = $("#offers button");
      if (event.key === "ArrowDown" && !$("#offers").hidden && first) { event.preventDefault(); first.focus(); }
    });
    box.addEventListener("input", () => { box.value = box.value.replace(/[\r\n]+/g, " "); });
  }
  $("#offers").addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const offers = all("#offers button"), next = offers.indexOf(document.activeElement) + step;
    (next < 0 ? claims[0] : offers[Math.min(next, offers.length - 1)]).focus();
  });

  // Files are saved elsewhere too.
  const changes = new EventSource("/__changes");
  let heard = false;
  changes.addEventListener("open", () => { if (heard) refresh(); heard = true; });
  changes.addEventListener("changed", () => refresh());
  addEventListener("resize", () => { if (state.open) reveal(); });
  addEventListener("pagehide", () => changes.close());
  addEventListener("beforeunload", (event) => { if (isTyped()) event.preventDefault(); });

  measures = all("#measures option").map((one) => [one.value, one.textContent, one.dataset.unit]);
  fillMeasures(measures);
  for (const mark of all("a", text)) prepare(mark);
  rove();
  show("idle");
  const place = $("#at");
  if (place) place.scrollIntoView({ block: "center" });
  const named = /^#n\d+$/.test(location.hash) ? $(location.hash) : null;
  (named ?? text).focus({ preventScroll: !named });
  takeUp().finally(() => { document.documentElement.dataset.ready = ""; });
}

if ($("main.desk")) desk($("main.desk"));
else countRest();
