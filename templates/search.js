/* Searches the index that pagefind made. Without a server or without scripts the page says so, and links to the lists. */
(() => {
  /* Begin of what is tested apart: which words of the pages a word that is asked for may mean. */
  const LETTERS = {"қ": "к", "ғ": "г", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и", "ә": "а", "ң": "н", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d"};
  const fold = word => word.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[^\u0000-\u007f]/gu, sign => LETTERS[sign] ?? sign);
  /* How near two folded words are: the letters that they begin with alike; 0 where what follows is more than an ending. */
  function alike(one, other) {
    const most = Math.min(one.length, other.length);
    let same = 0;
    while (same < most && one[same] === other[same]) same++;
    if (same === most && most >= 3) return one.length <= other.length || most >= 4 || one.length - most <= 2 ? same : 0;
    const [rest, more] = [one.length - same, other.length - same];
    return same >= 4 && rest <= 4 && more <= 4 && same * 2 >= Math.max(one.length, other.length) || same === 3 && rest <= 1 && more <= 2 ? same : 0;
  }
  function meant(word, words) {
    const asked = fold(word), found = [];
    if (asked.length < 3) return [word];
    for (const other of words) {
      const near = other === word.toLowerCase() ? 0 : alike(asked, fold(other));
      if (near) found.push([near, Math.abs(other.length - word.length), other]);
    }
    found.sort((a, b) => b[0] - a[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
    return [word, ...found.slice(0, 12).map(entry => entry[2])];
  }
  /* End of it. */
  const form = document.getElementById("search");
  if (!form || location.protocol === "file:") return;
  const count = document.getElementById("count"), list = document.getElementById("results");
  const hints = document.getElementById("hints"), narrowed = document.getElementById("narrowed"), page = 8;
  const root = new URL(form.dataset.root, location), bundle = new URL(form.dataset.bundle, location);
  const chosen = () => [...form.querySelectorAll("select")].filter(box => box.value).map(box => [box.name, box.value]);
  const kinds = () => [...form.elements.kind.options].filter(option => option.value);
  let engine = null, turn = 0, others = [], words = [], merge = async () => {};

  /* One index a language: this page's is read first, the others are added to it. */
  async function open() {
    const pagefind = await import(bundle);
    const here = new URL(".", bundle);
    /* The page of a fact is short, and says the word that is asked for more often than a brief does for its length. */
    await pagefind.options({ bundlePath: here.pathname, baseUrl: root.pathname, ranking: { pageLength: 0 } });
    await pagefind.init();
    const { languages } = await (await fetch(new URL("pagefind-entry.json", here))).json();
    const own = document.documentElement.lang.toLowerCase();
    others = own in languages ? Object.keys(languages).filter(language => language !== own).sort() : [];
    merge = async () => {
      for (const language of others) await pagefind.mergeIndex(here.href, { language, baseUrl: root.pathname });
      others = [];
    };
    /* Where each page stands in several languages, the others are asked only if this one has nothing. */
    if (!("own" in form.dataset)) await merge();
    const listed = "words" in form.dataset && own in languages ? await fetch(new URL(`words-${own}.json`, here)).catch(() => null) : null;
    words = listed?.ok ? await listed.json() : [];
    for (const [name, values] of Object.entries(await pagefind.filters())) {
      const box = form.elements[name];
      if (!box || name === "kind") continue;
      const order = name === "year" ? (a, b) => b.localeCompare(a) : (a, b) => a.localeCompare(b);
      for (const value of Object.keys(values).sort(order)) box.append(new Option(value, value));
    }
    return pagefind;
  }

  function row(data) {
    const item = document.createElement("li"), text = document.createElement("div");
    const head = document.createElement("h3"), link = document.createElement("a");
    const about = document.createElement("p"), excerpt = document.createElement(data.meta.words ? "q" : "p");
    item.className = "row";
    link.href = data.url;
    link.textContent = data.meta.title;
    head.append(link);
    about.className = "capt";
    about.textContent = ["year", "place", ...(data.filters.kind?.includes("brief") ? [] : ["source"])].flatMap(name => (data.filters[name] ?? []).slice(0, 3)).join(" · ");
    /* Of a fact the words that it rests on: the rest of its page says the same again. */
    if (data.meta.words) excerpt.textContent = data.meta.words;
    else if (!data.filters.kind?.includes("fact")) excerpt.innerHTML = data.excerpt; // Escaped by pagefind, which adds nothing but <mark>.
    text.append(head, ...(excerpt.hasChildNodes() ? [excerpt] : []), about);
    item.append(text);
    return item;
  }

  /* Results of a kind below its heading, some at a time. */
  async function group(option, found) {
    const part = document.createElement("section"), head = document.createElement("h2"), many = document.createElement("span");
    const rows = document.createElement("ol"), more = document.createElement("button");
    let shown = 0;
    part.setAttribute("aria-labelledby", head.id = `found-${option.value}`);
    many.textContent = found.length;
    head.append(`${option.textContent} `, many);
    rows.className = "rows";
    more.className = "button";
    more.type = "button";
    more.textContent = form.dataset.more;
    async function show() {
      const next = (await Promise.all(found.slice(shown, shown + page).map(result => result.data()))).map(row);
      rows.append(...next);
      if (shown) next[0].querySelector("a").focus();
      shown += next.length;
      more.hidden = shown >= found.length;
    }
    more.addEventListener("click", () => show().catch(failed));
    part.append(head, rows, more);
    await show();
    return part;
  }

  /* Each word as it is asked for and as the pages may write it; a page has to have one of each. The first are best. */
  async function ask(pagefind, text, filters) {
    const parts = text && !text.includes('"') ? text.split(/\s+/).map(word => meant(word, words)) : [];
    const answer = await pagefind.search(text || null, { filters });
    if (parts.every(part => part.length === 1)) return answer.results;
    const known = new Set(answer.results.map(result => result.id));
    let pages = null;
    for (const part of parts) {
      const having = new Map();
      for (const word of part) {
        for (const result of (await pagefind.search(word, { filters })).results) {
          if (!(having.get(result.id)?.score >= result.score)) having.set(result.id, result);
        }
      }
      pages = pages ? new Map([...pages].filter(([id]) => having.has(id))) : having;
    }
    return [...answer.results, ...[...pages.values()].filter(result => !known.has(result.id)).sort((a, b) => b.score - a.score)];
  }

  async function search() {
    const asked = ++turn, text = form.elements.q.value.trim(), filters = Object.fromEntries(chosen());
    const query = new URLSearchParams([...(text ? [["q", text]] : []), ...Object.entries(filters)]).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    engine ??= open();
    const pagefind = await engine;
    const all = async () => {
      const wanted = kinds().filter(option => !filters.kind || option.value === filters.kind), found = [];
      for (const option of query ? wanted : []) found.push([option, await ask(pagefind, text, { ...filters, kind: option.value })]);
      return found.filter(each => each[1].length);
    };
    let answer = await all();
    if (query && !answer.length && others.length) {
      await merge();
      answer = await all();
    }
    const parts = await Promise.all(answer.map(each => group(...each)));
    if (asked !== turn) return;
    const sum = answer.reduce((sum, each) => sum + each[1].length, 0);
    list.replaceChildren(...parts);
    hints.hidden = sum > 0;
    narrowed.hidden = !query || !chosen().length;
    count.textContent = !query ? form.dataset.idle : form.dataset[sum ? "some" : "none"].replace("{}", () => sum || [text, ...chosen().map(([name, value]) => form.elements[name].selectedOptions[0].textContent)].filter(Boolean).map(words => `“${words}”`).join(", "));
  }

  const failed = () => { count.textContent = form.dataset.failed; };
  const start = () => search().catch(failed);
  document.getElementById("no-search").hidden = true;
  form.hidden = false;
  let waiting = 0;
  form.addEventListener("submit", event => { event.preventDefault(); start(); });
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(start, 200); });
  narrowed.querySelector("button").addEventListener("click", () => {
    for (const box of form.querySelectorAll("select")) box.value = "";
    start();
    form.elements.q.focus();
  });

  const asked = new URLSearchParams(location.search);
  form.elements.q.value = asked.get("q") ?? "";
  engine = open();
  count.textContent = form.dataset.idle;
  hints.hidden = false;
  engine.then(() => {
    for (const [name, value] of asked) if (form.elements[name]) form.elements[name].value = value;
    if (asked.size) start();
  }, failed);
})();
