// How counts grow with the grid.

const mostLines = 12;

function convergenceChart() {
  const figure = byId("refinement");
  if (!figure) return;
  const selects = selectsOf(figure);
  const container = figure.querySelector(".chart");
  const ofColumn = () => data.convergence.filter(c => c.column === selects.column.value);
  const chosen = () => ofColumn().filter(c => c.case === selects.case.value);
  const cases = () => {
    const names = distinct(ofColumn().map(c => c.case));
    options(selects.case, names, names.includes(selects.case.value) ? selects.case.value : names[0]);
  };
  options(selects.column, distinct(data.convergence.map(c => c.column)));
  cases();
  const table = tabled(figure, () => grid(selects.column.value, ["Configuration", "Networks", "Points on an axis", "Mean ± standard error"],
    chosen().flatMap(c => c.resolution.map((points, i) => [`${c.layers}, ${c.activation}`, c.networks, whole(points), plusMinus(c.means[i])]))));
  const redraw = chart(container, () => {
    const all = chosen(), shown = all.slice(0, mostLines);
    figure.querySelector("figcaption").textContent = (all.length > mostLines ? `The first ${mostLines} of ${all.length} configurations; the table has them all. ` : "") +
      `Mean of ${selects.column.value} over the first n = ${range(shown.map(c => c.networks))} networks of a configuration, the same on each grid; bars ± 1 standard error, which the points of a line share. The first grid is the dataset's own.`;
    named(container, `Mean of ${selects.column.value} on finer and finer grids, ${shown.length} configurations. The table below has the numbers.`);
    return convergence(shown, selects.column.value);
  });
  const changed = () => { redraw(); table(); };
  selects.column.addEventListener("change", () => { cases(); changed(); });
  selects.case.addEventListener("change", changed);
}

function convergence(shown, column) {
  const points = distinct(shown.flatMap(c => c.resolution)).sort((a, b) => a - b);
  const traces = shown.map((c, i) => {
    const at = c.means.map((m, k) => ({ m, points: c.resolution[k] })).filter(({ m }) => m);
    const name = `${c.layers}, ${c.activation}`;
    return {
      type: "scatter", mode: "lines+markers", name: plain(name), x: at.map(p => p.points), y: at.map(({ m }) => m.value),
      error_y: bars(at.map(({ m }) => m.error), series(i)), line: { color: series(i), width: 2, dash: ["solid", "dash", "dot"][Math.floor(i / 8) % 3] }, marker: { size: 8, symbol: symbols[i % symbols.length] },
      text: at.map(({ m, points }) => `<b>${plain(name)}</b><br>${whole(points)} points on an axis<br>${plusMinus(m)}`), hovertemplate: "%{text}<extra></extra>",
    };
  });
  const ticks = points.filter((p, i) => i === 0 || p / points[0] >= 1.15 && !points.slice(0, i).some(q => p / q < 1.15));
  return {
    traces,
    layout: composed(narrow() ? 420 : 480, { title: "points on the first axis (log scale)", type: "log", zeroline: false, tickvals: ticks, ticktext: ticks.map(whole), range: axisRange(points, true) },
      { title: `mean of ${column}`, zeroline: false }, { showlegend: true }),
  };
}
