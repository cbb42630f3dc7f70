/* Searches the index that pagefind made. Without a server or without scripts the page says so, and links to the lists. */
(() => {
  const form = document.getElementById("search");
  if (!form || location.protocol === "file:") return;
  const count = document.getElementById("count"), list = document.getElementById("results");
  const more = document.getElementById("more"), page = 20;
  const root = new URL(form.dataset.root, location), bundle = new URL(form.dataset.bundle, location);
  const chosen = () => [...form.querySelectorAll("select")].filter(box => box.value).map(box => [box.name, box.value]);
  let engine = null, found = [], shown = 0, turn = 0;

  /* One index a language: this page's is read first, the others are added to it. */
  async function open() {
    const pagefind = await import(bundle);
    const here = new URL(".", bundle);
    await pagefind.options({ bundlePath: here.pathname, baseUrl: root.pathname });
    await pagefind.init();
    const { languages } = await (await fetch(new URL("pagefind-entry.json", here))).json();
    const own = document.documentElement.lang.toLowerCase();
    for (const language of Object.keys(languages).filter(language => language !== own).sort()) {
      if (own in languages) await pagefind.mergeIndex(here.href, { language, baseUrl: root.pathname });
    }
    for (const [name, values] of Object.entries(await pagefind.filters())) {
      const box = form.elements[name];
      if (!box) continue;
      const order = name === "year" ? (a, b) => b.localeCompare(a) : (a, b) => a.localeCompare(b);
      for (const value of Object.keys(values).sort(order)) box.append(new Option(value, value));
    }
    return pagefind;
  }

  function row(data) {
    const item = document.createElement("li"), text = document.createElement("div");
    const head = document.createElement("h3"), link = document.createElement("a");
    const about = document.createElement("p"), excerpt = document.createElement("p");
    item.className = "row";
    link.href = data.url;
    link.textContent = data.meta.title;
    head.append(link);
    about.className = "capt";
    about.textContent = ["kind", "year", "place", "source"].flatMap(name => (data.filters[name] ?? []).slice(0, 3)).join(" · ");
    excerpt.innerHTML = data.excerpt; // Escaped by pagefind, which adds nothing but <mark>.
    text.append(head, excerpt, about);
    item.append(text);
    return item;
  }

  async function show() {
    const asked = turn, next = await Promise.all(found.slice(shown, shown + page).map(result => result.data()));
    if (asked !== turn) return;
    list.append(...next.map(row));
    shown += next.length;
    more.hidden = shown >= found.length;
  }

  async function search() {
    const asked = ++turn, words = form.elements.q.value.trim(), filters = Object.fromEntries(chosen());
    const query = new URLSearchParams([...(words ? [["q", words]] : []), ...Object.entries(filters)]).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    engine ??= open();
    const answer = words || query ? await (await engine).search(words || null, { filters }) : null;
    if (asked !== turn) return;
    found = answer?.results ?? [];
    shown = 0;
    list.replaceChildren();
    more.hidden = true;
    count.textContent = !answer ? form.dataset.idle : found.length ? form.dataset.some.replace("{}", found.length) : form.dataset.none;
    await show();
  }

  const failed = () => { count.textContent = form.dataset.failed; };
  const start = () => search().catch(failed);
  document.getElementById("no-search").hidden = true;
  form.hidden = false;
  let waiting = 0;
  form.addEventListener("submit", event => { event.preventDefault(); start(); });
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(start, 200); });
  more.addEventListener("click", () => show().catch(failed));

  const asked = new URLSearchParams(location.search);
  form.elements.q.value = asked.get("q") ?? "";
  engine = open();
  count.textContent = form.dataset.idle;
  engine.then(() => {
    for (const [name, value] of asked) if (form.elements[name]) form.elements[name].value = value;
    if (asked.size) start();
  }, failed);
})();
