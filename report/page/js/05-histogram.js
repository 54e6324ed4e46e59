// Histograms.

// edgesOf returns all edges of a histogram's bins.
function edgesOf(measured) {
  const { edges = [], counts = [] } = measured;
  if (edges.length !== 2 || counts.length < 2) return edges;
  return Array.from({ length: counts.length + 1 }, (_, i) => edges[0] + (edges[1] - edges[0]) * i / counts.length);
}

const total = counts => counts.reduce((sum, n) => sum + n, 0);

// densities returns the share of networks in each bin over its width.
function densities(measured) {
  const edges = edgesOf(measured);
  const networks = total(measured.counts);
  return measured.counts.map((n, i) => n / networks / (edges[i + 1] - edges[i]));
}

// sparkline returns a small histogram.
function sparkline(name, measured) {
  const edges = edgesOf(measured);
  const heights = densities(measured);
  const top = Math.max(...heights);
  const x = e => (100 * (e - edges[0]) / (edges.at(-1) - edges[0])).toFixed(1);
  const y = h => (20 - 19 * h / top).toFixed(1);
  // a single bin is a bar, not the whole ground
  const path = heights.length === 1 ? "H40V1H60V20" : heights.map((h, i) => `L${x(edges[i])} ${y(h)}H${x(edges[i + 1])}`).join("");
  const [low, middle, high] = measured.quantiles;
  const title = `${name}: from ${short(edges[0])} to ${short(edges.at(-1))}; 5 % ${short(low)}, median ${short(middle)}, 95 % ${short(high)}`;
  return drawing("svg", { class: "spark", viewBox: "0 0 100 20", preserveAspectRatio: "none", role: "img", "aria-label": title },
    Object.assign(drawing("title", {}), { textContent: title }), drawing("path", { d: `M0 20${path}V20Z` }));
}

// binName returns what a bin holds: "2", "3 to 5", "0.1 to 0.2".
function binName(measured, edges, i) {
  if (!measured.whole) return `${short(edges[i])} to ${short(edges[i + 1])}`;
  const [from, to] = [Math.ceil(edges[i]) + 0, Math.floor(edges[i + 1])]; // + 0 makes -0 a 0
  return from === to ? whole(from) : `${whole(from)} to ${whole(to)}`;
}

// histogramTraces returns a filled outline, and a point at the top of each bin that
// says on hover what it holds.
function histogramTraces(name, measured, colour, alone) {
  const edges = edgesOf(measured);
  const heights = densities(measured);
  const networks = total(measured.counts);
  const x = [], y = [];
  heights.forEach((h, i) => { x.push(edges[i], edges[i + 1]); y.push(h, h); });
  return [
    {
      type: "scatter", mode: "lines", name: plain(name), legendgroup: name, hoverinfo: "skip", fill: "tozeroy",
      x: [edges[0], ...x, edges.at(-1)], y: [0, ...y, 0], line: { color: colour, width: 2 }, fillcolor: faded(colour, alone ? 0.45 : 0.22),
    },
    {
      type: "scatter", mode: "markers", legendgroup: name, showlegend: false, marker: { color: colour, size: 9, opacity: 0 },
      x: heights.map((_, i) => (edges[i] + edges[i + 1]) / 2), y: heights,
      text: heights.map((_, i) => `${plain(name)}<br><b>${binName(measured, edges, i)}</b>: ${whole(measured.counts[i])} of ${whole(networks)} networks (${short(100 * measured.counts[i] / networks)} %)`),
      hovertemplate: "%{text}<extra></extra>",
    },
  ];
}

// fewWhole reports whether counts are so few that each can have a tick.
const fewWhole = (shown, statistic) =>
  Math.max(...shown.map(c => c.statistics[statistic].edges.at(-1))) - Math.min(...shown.map(c => c.statistics[statistic].edges[0])) <= (narrow() ? 10 : 20);

// histograms composes the chart of one statistic of some configurations.
function histograms(statistic, chosen, colours, height) {
  const name = data.statistics[statistic];
  if (!chosen.length) return { message: "Add a configuration to see its networks." };
  const shown = chosen.filter(c => c.statistics[statistic].counts?.length);
  if (!shown.length) return { message: `No network has a value of ${name}.` };
  const traces = shown.flatMap(c => histogramTraces(chosen.length > 1 ? `${c.title}, ${c.case}` : c.title, c.statistics[statistic], colours.get(c) ?? series(0), shown.length === 1));
  const counts = shown.every(c => c.statistics[statistic].whole);
  const unit = counts ? "share of networks per whole number" : "share of networks per unit";
  return { traces, layout: composed(height, { title: name, zeroline: false, ...(counts && { tickformat: ",d", ...(fewWhole(shown, statistic) && { dtick: 1 }) }) }, { title: unit, rangemode: "tozero" }, { showlegend: false, hovermode: "x" }) };
}
