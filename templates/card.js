/* Without this script a fact's mark is a link to its entry under "How we know".
   With it, the same entry opens as a card beside the number, and the keyboard stops once a paragraph:
   the left and right arrow keys go from mark to mark in it. */
(() => {
  if (!("showPopover" in HTMLElement.prototype)) return;
  const words = document.currentScript.dataset;
  const marks = "a.fact[href^='#']";
  const gap = 10, edge = 16, phone = matchMedia("(max-width: 40rem)");
  let mark = null, pressed = null;

  for (const link of document.querySelectorAll(marks)) {
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
  }

  const card = document.createElement("div");
  card.className = "card entry";
  card.popover = "auto";
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");
  document.body.append(card);

  function fill(entry) {
    card.innerHTML = entry.innerHTML;
    card.querySelector(".letter")?.remove();
    for (const part of card.querySelectorAll("[id], [tabindex]")) {
      part.removeAttribute("id");
      part.removeAttribute("tabindex");
    }
    card.dataset.state = entry.dataset.state;
    const close = document.createElement("button");
    close.className = "close";
    close.textContent = "×";
    close.setAttribute("aria-label", words.close || "Close");
    close.addEventListener("click", () => card.hidePopover());
    card.append(close);
  }

  function place() {
    card.style.left = card.style.top = "";
    if (phone.matches) return;
    const at = mark.getClientRects()[0], box = card.getBoundingClientRect();
    const below = at.bottom + gap, above = at.top - gap - box.height;
    const left = Math.min(at.left - 24, document.documentElement.clientWidth - box.width - edge);
    card.style.left = `${Math.max(edge, left)}px`;
    card.style.top = `${below + box.height < innerHeight ? below : Math.max(edge, above)}px`;
  }

  // A press outside closes the card before the click arrives: on its own mark it shall not open it again.
  addEventListener("pointerdown", event => { pressed = mark?.contains(event.target) ? mark : null; }, true);

  document.addEventListener("click", event => {
    const link = event.target.closest(marks);
    if (!link || card.contains(link) || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const entry = document.getElementById(link.hash.slice(1));
    if (!entry) return;
    event.preventDefault();
    card.hidePopover();
    if (link === pressed) return;
    mark = link;
    fill(entry);
    card.setAttribute("aria-label", `${words.label || "Source of"} ${link.firstElementChild.textContent}`);
    card.showPopover({ source: link });
    link.setAttribute("aria-expanded", "true");
    place();
    card.focus({ preventScroll: true });
  });

  card.addEventListener("beforetoggle", event => {
    if (event.newState !== "closed" || !mark) return;
    const from = mark, inside = card.contains(document.activeElement);
    mark = null;
    from.setAttribute("aria-expanded", "false");
    if (inside) from.focus({ preventScroll: true });
  });
  card.addEventListener("focusout", event => {
    if (mark && event.relatedTarget && !card.contains(event.relatedTarget)) card.hidePopover();
  });
  // The card stays by its mark while the page moves, and closes when the mark has left.
  addEventListener("scroll", () => { if (mark && !phone.matches) place(); }, { passive: true });
  addEventListener("scrollend", () => {
    const { top, bottom } = mark?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
    if (bottom < 0 || top > innerHeight) card.hidePopover();
  });
  addEventListener("resize", () => card.hidePopover());

  // A link to an entry opens the list that is folded on phones; not every browser does so by itself.
  function unfold() {
    const entry = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = entry?.closest("details:not([open])");
    if (!fold) return;
    fold.open = true;
    entry.scrollIntoView();
  }
  addEventListener("hashchange", unfold);
  unfold();

  // A paragraph with the sources beside it, the list of entries, the references, a row of downloads are one stop each.
  const groups = new Map();
  for (const link of document.querySelectorAll(`main ${marks}, aside.note a, .annex a, .refs a, .take a, .downloads a`)) {
    const list = link.closest(".annex, .refs, .take, .downloads"), beside = link.closest("aside.note");
    const group = list ?? beside?.previousElementSibling ?? link.closest("p, li, dt, dd, td, th, figcaption");
    groups.set(group, [...groups.get(group) ?? [], link]);
  }
  for (const links of groups.values()) {
    for (const [n, link] of links.entries()) {
      link.tabIndex = n ? -1 : 0;
      link.addEventListener("focus", () => links.forEach(other => { other.tabIndex = other === link ? 0 : -1; }));
      link.addEventListener("keydown", event => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step || event.altKey || event.metaKey || event.ctrlKey || !links[n + step]) return;
        event.preventDefault();
        links[n + step].focus();
      });
    }
  }
})();
