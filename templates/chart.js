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

  // The page's colours, light or dark, for the names of them that the figure holds.
  function coloured(text) {
    const style = getComputedStyle(document.documentElement);
    return text.replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim());
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
      live.style.cssText = `width: ${figure.layout.width}px; height: ${still.clientHeight}px; overflow: hidden`;
      await window.Plotly.newPlot(live, figure.data, figure.layout, figure.config);
      still.replaceWith(live);
    }
    button.style.visibility = "hidden"; // its place stays, so that nothing moves
  }

  for (const button of document.querySelectorAll("button[data-interactive]")) {
    button.hidden = false;
    button.addEventListener("click", () => enliven(button).catch(() => { button.disabled = false; }));
  }
})();
