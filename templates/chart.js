// Without this script a chart is a picture. With it, a press on "Interactive" loads Plotly and puts the same figure in its place.
(() => {
  const { plotly, busy } = document.currentScript.dataset;
  let loading = null;
  // Plotly would fetch the outlines of the world from elsewhere, of which no figure here shows any.
  window.PlotlyGeoAssets ??= {topojson: new Proxy({}, {get: () => ({type: "Topology", arcs: [], objects: {}})})};
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

  // The figure: in the page, or, of much data, in a file beside the chart's other data, which a page that is read without a server cannot load.
  const files = new Map();
  async function written(plot) {
    const address = plot.dataset.live;
    if (!address) return document.getElementById(`figure-${plot.dataset.chart}-json`).textContent;
    if (!files.has(address)) {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      files.set(address, await answer.text());
    }
    return files.get(address);
  }

  // Draws a chart in whichever of its two places shows, over the picture, which stays for a printer. Answers with what it drew.
  async function draw(plot) {
    const figures = JSON.parse(coloured(await written(plot)));
    const shown = ["wide", "narrow"].find(layout => plot.querySelector(`.chart-${layout}`).clientWidth);
    if (!shown) return null;
    const place = plot.querySelector(`.chart-${shown}`), {data, layout, config} = figures[shown];
    const live = place.querySelector(".chart-live") ?? document.createElement("div");
    const inner = live.firstChild ?? live.appendChild(document.createElement("div")); // as large as it was laid out
    if (!live.isConnected) {
      live.className = "chart-live";
      live.tabIndex = 0;
      live.setAttribute("role", "group");
      live.setAttribute("aria-label", place.querySelector("svg > title").textContent);
      live.style.aspectRatio = `${layout.width} / ${layout.height}`;
      inner.style.width = `${layout.width}px`;
    }
    await window.Plotly.react(inner, data, layout, config);
    inner.style.transform = `scale(${place.clientWidth / layout.width})`;
    if (!live.isConnected) place.append(live);
    return live;
  }

  async function enliven(button) {
    const plot = document.querySelector(`[data-chart="${button.dataset.interactive}"]`);
    const says = button.textContent;
    button.disabled = true;
    button.textContent = busy ?? says; // the drawing engine is large
    await load().finally(() => { button.textContent = says; });
    const live = await draw(plot);
    const focused = document.activeElement === button || document.activeElement === document.body;
    if (focused) live.focus({preventScroll: true}); // the button is about to go
    button.style.visibility = "hidden"; // its place stays, so that nothing moves
    new ResizeObserver(() => draw(plot)).observe(plot);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(plot));
  }

  for (const button of document.querySelectorAll("button[data-interactive]")) {
    button.hidden = false;
    button.addEventListener("click", () => enliven(button).catch(() => { button.disabled = false; }));
  }
})();
