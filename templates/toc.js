/* Marks the section that is being read in the table of contents. Without it the list is a plain one. */
(() => {
  const links = new Map();
  for (const link of document.querySelectorAll("nav.toc a[href^='#']")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  if (!links.size) return;

  function follow() {
    let current = null;
    for (const [heading, link] of links) {
      if (heading.getBoundingClientRect().top < innerHeight / 3) current = link;
      link.removeAttribute("aria-current");
    }
    current?.setAttribute("aria-current", "true");
  }

  // A heading that crosses the upper third of the window is all that can change the answer.
  const crossing = new IntersectionObserver(follow, { rootMargin: "0px 0px -66% 0px" });
  for (const heading of links.keys()) crossing.observe(heading);
})();
