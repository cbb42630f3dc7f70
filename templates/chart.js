// Without this script a chart is a picture. With it, a press on "Interactive" loads Plotly and puts the same figure in its place.
(() => {
  const plotly = document.currentScript.dataset.plotly;
  let loading = null;
  const load = () => loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = plotly;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });

  // The page's colours, light or dark, for the names of them that the figure holds. Plotly cannot read color-mix().
  function coloured(text) {
    const style = getComputedStyle(document.documentElement);
    return text.replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim())
      .replace(/color-mix\(in srgb, (#\w{6}) (\d+)%, (#\w{6})\)/g, (_, one, share, other) => "#" + [1, 3, 5].map(at => {
        const [a, b] = [one, other].map(colour => parseInt(colour.slice(at, at + 2), 16));
        return Math.round(b + (a - b) * share / 100).toString(16).padStart(2, "0");
      }).join(""));
  }

  async function enliven(button) {
    const name = button.dataset.interactive;
    const figures = JSON.parse(coloured(document.getElementById(`figure-${name}-json`).textContent));
    const plot = document.querySelector(`[data-chart="${name}"]`);
    button.disabled = true;
    await load();
    for (const layout of ["wide", "narrow"]) {
      const still = plot.querySelector(`.chart-${layout}`), figure = figures[layout];
      if (!still.clientWidth) continue;
      const live = document.createElement("div");
      live.className = "chart-live";
      live.tabIndex = 0;
      live.setAttribute("role", "group");
      live.setAttribute("aria-label", still.querySelector("svg > title").textContent);
      const {width, height} = still.getBoundingClientRect(), scale = width / figure.layout.width;
      live.style.cssText = `width: 100%; height: ${height}px; overflow: hidden`;
      const inner = live.appendChild(document.createElement("div")); // as large as it was laid out, then as the still is
      inner.style.cssText = `width: ${figure.layout.width}px; transform: scale(${scale}); transform-origin: 0 0`;
      await window.Plotly.newPlot(inner, figure.data, figure.layout, figure.config);
      const focused = document.activeElement === button || document.activeElement === document.body;
      still.replaceWith(live);
      if (focused) live.focus({preventScroll: true}); // the button is about to go
    }
    button.style.visibility = "hidden"; // its place stays, so that nothing moves
  }

  for (const button of document.querySelectorAll("button[data-interactive]")) {
    button.hidden = false;
    button.addEventListener("click", () => enliven(button).catch(() => { button.disabled = false; }));
  }
})();
