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

  for (const button of document.querySelectorAll("button[data-interactive]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const name = button.dataset.interactive;
      const figure = JSON.parse(document.getElementById(`figure-${name}-json`).textContent);
      const plot = document.querySelector(`[data-chart="${name}"]`);
      button.disabled = true;
      await load();
      const still = plot.querySelector(".chart-wide");
      const live = document.createElement("div");
      live.className = "chart-live";
      await window.Plotly.newPlot(live, figure.data, figure.layout, { displayModeBar: false, responsive: false });
      still.replaceWith(live);
      button.remove();
    });
  }
})();
