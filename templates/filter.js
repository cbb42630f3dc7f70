/* Narrows the tables in the element that `data-filter` names to the rows that hold every word typed, and puts away the
   groups that have none left. Without it all rows stand. */
for (const box of document.querySelectorAll("input[data-filter]")) {
  const place = document.getElementById(box.dataset.filter);
  const count = document.querySelector(`[data-count="${box.dataset.filter}"]`);
  if (!place) continue;
  const groups = [...place.querySelectorAll(".group")];
  const heads = new Map(groups.map(group => [group, group.querySelector("h2").textContent]));
  const rows = [...place.querySelectorAll("tbody > tr")];
  const texts = rows.map(row => `${heads.get(row.closest(".group")) ?? ""} ${row.textContent}`.toLocaleLowerCase());

  const narrow = () => {
    const words = box.value.toLocaleLowerCase().replaceAll("'", "\u2019").split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, n) => {
      row.hidden = !words.every(word => texts[n].includes(word));
      if (!row.hidden) shown += 1;
    });
    for (const group of groups) group.hidden = !group.querySelector("tbody > tr:not([hidden])");
    if (count) count.textContent = !words.length ? "" : shown ? `${shown} / ${rows.length}` : count.dataset.none;
  };
  box.addEventListener("input", narrow);
  if (box.value) narrow(); // What a browser remembered of an earlier visit.
}
