// Measured means against predictions.

function theoryChart() {
  const figure = byId("prediction");
  if (!figure) return;
  const { column, what } = selectsOf(figure);
  const container = figure.querySelector(".chart");
  tabled(figure, () => grid("Measured and predicted",
    ["Layers", "Activation", "Case", "Column", "Networks", "Measured", "Predicted", "z", "Note"],
    data.theory.map(p => [p.layers, p.activation, p.case, p.column || "-", p.networks || "-", plusMinus(p.measured), p.predicted ?? "-", p.z ?? "-",
      [p.predicted !== null && p.onGrid ? "on this grid" : "", p.note].filter(Boolean).join("; ")])));
  const silent = silence(data.theory.filter(p => p.predicted === null));
  const caption = figure.querySelector("figcaption");
  if (!container) {
    caption.textContent = silent.trim();
    return;
  }
  const drawable = data.theory.filter(p => p.predicted !== null && p.measured);
  options(column, distinct(drawable.map(p => p.column)));
  const redraw = chart(container, () => {
    const shown = drawable.filter(p => p.column === column.value);
    caption.textContent = (what.value === "z"
      ? `z: standard errors that the measured mean of ${column.value} lies above the predicted one; two thirds of exact predictions lie between -1 and 1.`
      : `Measured mean of ${column.value} against the predicted one; bars are ± 1 standard error, the line is agreement.`) +
      ` ${shown.length} configurations, n = ${range(shown.map(p => p.networks))} networks each.` + silent;
    named(container, `${caption.textContent} The table below has the numbers.`);
    return what.value === "z" ? differences(shown) : agreement(shown, column.value);
  });
  column.addEventListener("change", redraw);
  what.addEventListener("change", redraw);
}

// silence says how many have no prediction, and why if they agree.
function silence(missing) {
  if (!missing.length) return "";
  const notes = distinct(missing.map(p => p.note)).filter(Boolean);
  const count = ` ${missing.length} ${missing.length === 1 ? "line has" : "lines have"} no prediction`;
  return notes.length === 1 ? `${count}: ${notes[0]}.` : `${count}; the table says why.`;
}

// range returns "2,000", or "2,000 to 5,000".
function range(counts) {
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  return low === high ? whole(low) : `${whole(low)} to ${whole(high)}`;
}

const agreements = [
  { name: "within 2 standard errors", holds: p => known(p.z) && Math.abs(p.z) <= 2, colour: () => theme().muted, symbol: "circle" },
  { name: "2 to 4", holds: p => known(p.z) && Math.abs(p.z) > 2 && Math.abs(p.z) <= 4, colour: () => theme().accent, symbol: "diamond" },
  { name: "more than 4", holds: p => known(p.z) && Math.abs(p.z) > 4, colour: () => theme().alert, symbol: "square" },
  { name: "no error known", holds: p => !known(p.z), colour: () => theme().ink, symbol: "x" },
];

const predictionText = p => `<b>${plain(p.layers)}, ${plain(p.activation)}</b><br>${plain(p.case)}<br>measured ${plusMinus(p.measured)}<br>predicted ${short(p.predicted)}${p.onGrid ? " on this grid" : ""}<br>z ${known(p.z) ? short(p.z) : "not known"}`;

function agreement(shown, column) {
  const ends = shown.flatMap(p => [p.predicted, p.measured.value]);
  const log = spread(ends, 30);
  const line = axisRange(ends, log);
  const values = line.map(v => log ? 10 ** v : v);
  const axis = title => ({ title: title + (log ? " (log scale)" : ""), type: log ? "log" : "linear", range: line, zeroline: false, ...(log && logTicks(ends)) });
  return {
    traces: [
      { type: "scatter", mode: "lines", x: values, y: values, line: { color: theme().muted, width: 1, dash: "dot" }, hoverinfo: "skip", showlegend: false },
      ...agreements.map(a => ({ a, points: shown.filter(a.holds) })).filter(({ points }) => points.length).map(({ a, points }) => ({
        type: "scatter", mode: "markers", name: a.name, x: points.map(p => p.predicted), y: points.map(p => p.measured.value),
        error_y: bars(points.map(p => p.measured.error), a.colour()), marker: { color: a.colour(), size: 9, symbol: a.symbol },
        text: points.map(predictionText), hovertemplate: "%{text}<extra></extra>",
      })),
    ],
    layout: composed(narrow() ? 420 : 480, axis(`predicted ${column}`), axis(`measured ${column}`), { showlegend: true }),
  };
}

function differences(shown) {
  const some = shown.filter(p => known(p.z)).sort((a, b) => a.z - b.z);
  if (!some.length) return { message: "No difference has a known error." };
  return {
    traces: agreements.map(a => ({ a, points: some.map((p, i) => ({ p, i })).filter(({ p }) => a.holds(p)) })).filter(({ points }) => points.length).map(({ a, points }) => ({
      type: "scatter", mode: "markers", name: a.name, x: points.map(({ i }) => i + 1), y: points.map(({ p }) => p.z),
      marker: { color: a.colour(), size: 9, symbol: a.symbol }, text: points.map(({ p }) => predictionText(p)), hovertemplate: "%{text}<extra></extra>",
    })),
    layout: composed(narrow() ? 420 : 480, { title: "configurations, from the lowest z", zeroline: false, tickformat: "d", range: [0, some.length + 1] }, { title: "z (standard errors)", zeroline: true }, {
      showlegend: true,
      shapes: [{ type: "rect", xref: "paper", x0: 0, x1: 1, y0: -2, y1: 2, layer: "below", line: { width: 0 }, fillcolor: faded(theme().muted, 0.13) }],
    }),
  };
}
