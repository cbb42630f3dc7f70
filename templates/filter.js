/* Narrows the table that `data-filter` names to the rows that hold every word typed. Without it all rows stand. */
for (const box of document.querySelectorAll("input[data-filter]")) {
  const table = document.getElementById(box.dataset.filter);
  const count = document.querySelector(`[data-count="${box.dataset.filter}"]`);
  if (!table) continue;
  const rows = [...table.tBodies].flatMap(body => [...body.rows]);
  const texts = rows.map(row => row.textContent.toLocaleLowerCase());

  const narrow = () => {
    const words = box.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, n) => {
      row.hidden = !words.every(word => texts[n].includes(word));
      if (!row.hidden) shown += 1;
    });
    if (count) count.textContent = words.length ? `${shown} / ${rows.length}` : "";
  };
  box.closest("[hidden]")?.removeAttribute("hidden");
  box.addEventListener("input", narrow);
  narrow();
}
