/* Without this script a fact's mark is a link to its entry under "How we know".
   With it, the same entry opens as a card beside the number. */
(() => {
  if (!("showPopover" in HTMLElement.prototype)) return;
  const words = document.currentScript.dataset;
  const gap = 10, edge = 16, phone = matchMedia("(max-width: 40rem)");
  let mark = null, pressed = null;

  for (const link of document.querySelectorAll("a.fact[href^='#fact-']")) {
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
    for (const part of card.querySelectorAll("[id]")) part.removeAttribute("id");
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
    const link = event.target.closest("a.fact[href^='#fact-']");
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
})();
