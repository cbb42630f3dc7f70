/* Without this script a term's first mention is a link to the list of terms. With it, the meaning also shows beside the
   word: under the pointer, at the keyboard's focus, at a tap. It is shown to the eye alone: a screen reader is told the
   same words by the list, as the link's description. */
(() => {
  if (!("showPopover" in HTMLElement.prototype)) return;
  const tip = document.createElement("div"), gap = 8, edge = 16;
  tip.className = "card tip";
  tip.popover = "manual";
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  let shown = null, waiting = 0;

  function hide() {
    clearTimeout(waiting);
    if (shown) tip.hidePopover();
    shown = null;
  }

  function show(link) {
    clearTimeout(waiting);
    if (link === shown) return;
    hide();
    const meaning = document.getElementById(link.getAttribute("aria-describedby"))?.cloneNode(true);
    if (!meaning) return;
    meaning.querySelectorAll("sup, .vh").forEach(mark => mark.remove());
    tip.textContent = meaning.textContent;
    tip.showPopover();
    shown = link;
    place();
  }

  function place() {
    const at = shown.getClientRects()[0], box = tip.getBoundingClientRect();
    const below = at.bottom + gap, left = Math.min(at.left, document.documentElement.clientWidth - box.width - edge);
    tip.style.left = `${Math.max(edge, left)}px`;
    tip.style.top = `${below + box.height < innerHeight ? below : Math.max(edge, at.top - gap - box.height)}px`;
  }

  function soon(act, wait) {
    clearTimeout(waiting);
    waiting = setTimeout(act, wait);
  }

  for (const link of document.querySelectorAll("a.term")) {
    link.addEventListener("pointerenter", event => { if (event.pointerType === "mouse") soon(() => show(link), 120); });
    link.addEventListener("pointerleave", event => { if (event.pointerType === "mouse") soon(hide, 250); });
    link.addEventListener("focus", () => { if (link.matches(":focus-visible")) show(link); });
    link.addEventListener("blur", hide);
    link.addEventListener("click", event => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      show(link);
    });
  }
  tip.addEventListener("pointerenter", () => clearTimeout(waiting));
  tip.addEventListener("pointerleave", () => soon(hide, 250));
  addEventListener("keydown", event => { if (event.key === "Escape") hide(); });
  addEventListener("scroll", () => { if (shown) place(); }, { passive: true });
  addEventListener("resize", hide);
})();
