// The chart of comparisons: ratios to the baseline with their intervals.

function comparisonChart() {
  const figure = byId("comparison");
  if (!figure) return;
  const { kind, measure } = selectsOf(figure);
  const container = figure.querySelector(".chart");
  const chosen = () => data.comparisons.filter(c => c.kind === kind.value && c.measure === measure.value);
  const measures = () => options(measure, distinct(data.comparisons.filter(c => c.kind === kind.value).map(c => c.measure)), measure.value || undefined);
  options(kind, distinct(data.comparisons.map(c => c.kind)));
  measures();
  if (!measure.value) measure.selectedIndex = 0;
  const table = tabled(figure, () => grid(`${kind.value}: ${measure.value}`,
    ["Side", "Against", "Ratio (95 % interval)", "Networks", "Setting", "Sentence"],
    chosen().map(c => [c.side, c.baseline, c.text, c.networks, c.setting, c.sentence])));
  const redraw = chart(container, width => {
    const comparisons = chosen();
    figure.querySelector("figcaption").textContent = comparisonCaption(comparisons, measure.value);
    named(container, `${kind.value}, ${measure.value}: ${comparisons.length} ratios to their baselines. The table below has the numbers.`);
    return forest(comparisons, printing ? printWidth : width);
  });
  const changed = () => { redraw(); table(); };
  kind.addEventListener("change", () => {
    measures();
    if (!measure.value) measure.selectedIndex = 0;
    changed();
  });
  measure.addEventListener("change", changed);
}

// selectsOf returns the selects of a figure by their names.
const selectsOf = figure => Object.fromEntries([...figure.querySelectorAll("select")].map(s => [s.name, s]));

function comparisonCaption(comparisons, measure) {
  const networks = comparisons.map(c => c.networks);
  const [few, many] = [Math.min(...networks), Math.max(...networks)];
  return `Mean of ${measure} of a side over that of its baseline, with 95 % intervals; n = ${few === many ? whole(few) : `${whole(few)} to ${whole(many)}`} networks a side. Right of 1 a side has more.${comparisons.some(c => c.text.startsWith("Δ")) ? " Δ is a difference, where there is no ratio." : ""}`;
}

const rowHeight = 40, lineHeight = 17;

// forest composes rows one below the other; y is in pixels from the top. Settings stand
// above the sides that they are of.
function forest(comparisons, width) {
  const t = theme();
  const letters = Math.max(Math.floor((width - 24) / 6.6), 20);
  const annotations = [];
  let y = 0, setting;
  const note = (text, bold, colour, height) => {
    annotations.push({ xref: "paper", x: 0, xanchor: "left", yref: "y", y: y, yanchor: "top", showarrow: false, align: "left", bgcolor: t.ground, borderpad: 1, text: bold ? `<b>${text}</b>` : text, font: { size: bold ? 12.5 : 13, color: colour } });
    y += height;
  };
  const places = comparisons.map(c => {
    if (c.setting !== setting) {
      setting = c.setting;
      y += 8;
      const lines = wrapped(plain(setting), 0.88 * letters);
      note(lines.join("<br>"), true, t.muted, lines.length * lineHeight + 6);
    }
    const lines = labelLines(c, letters);
    note(lines.join("<br>"), false, t.ink, lines.length * lineHeight + 12);
    y += rowHeight - lineHeight - 8;
    return y - rowHeight + lineHeight + 8;
  });
  const drawn = comparisons.map((c, i) => ({ c, y: places[i] })).filter(({ c }) => c.ratio?.every(known));
  const ends = drawn.flatMap(({ c }) => [c.ratio[1], c.ratio[2]]).concat(1);
  const log = spread(ends, 3);
  const height = Math.max(y, 120) + 80;
  const long = height > 800 && !printing; // then the axis is better seen at the top
  const range = axisRange(ends, log);
  return {
    options: { ...chartOptions, modeBarButtons: [["toImage"]] },
    traces: verdicts.map(v => intervals(drawn.filter(({ c }) => v.holds(c.ratio)), v)),
    layout: composed(height, { title: "ratio to the baseline" + (log ? " (log scale)" : ""), type: log ? "log" : "linear", range, zeroline: false, fixedrange: true, side: long ? "top" : "bottom", ...(log && logTicks(ends)) },
      { range: [y + 4, 0], visible: false, fixedrange: true },
      {
        annotations, showlegend: false, margin: { l: 12, r: 12, t: long ? 66 : 26, b: long ? 8 : 48 }, dragmode: false,
        shapes: [{ type: "line", x0: 1, x1: 1, yref: "paper", y0: 0, y1: 1, layer: "below", line: { color: t.muted, width: 1.5, dash: "dot" } }],
      }),
  };
}

// labelLines returns what stands above an interval; its numbers stay together.
function labelLines(c, letters) {
  const label = `${plain(c.side)} against ${plain(c.baseline)}:`;
  const whole = `${label} ${plain(c.text)}`;
  return whole.length <= letters ? [whole] : [...wrapped(label, letters), plain(c.text)];
}

// Intervals beside 1 stand out by colour and symbol from those that hold it.
const verdicts = [
  { holds: ([, low]) => low > 1, colour: () => theme().accent, symbol: "triangle-right" },
  { holds: ([, , high]) => high < 1, colour: () => theme().alert, symbol: "triangle-left" },
  { holds: ([, low, high]) => low <= 1 && high >= 1, colour: () => theme().muted, symbol: "circle" },
];

const intervals = (drawn, verdict) => ({
  type: "scatter", mode: "markers", cliponaxis: false, x: drawn.map(({ c }) => c.ratio[0]), y: drawn.map(d => d.y),
  error_x: {
    type: "data", symmetric: false, thickness: 2, width: 5, color: verdict.colour(),
    array: drawn.map(({ c }) => c.ratio[2] - c.ratio[0]), arrayminus: drawn.map(({ c }) => c.ratio[0] - c.ratio[1]),
  },
  marker: { size: 12, color: verdict.colour(), symbol: verdict.symbol },
  text: drawn.map(({ c }) => wrapped(plain(c.sentence), 60).join("<br>")), hovertemplate: "%{text}<extra></extra>",
});

// axisRange returns a range around numbers, of their logarithms on a log axis.
function axisRange(values, log) {
  const ends = values.map(v => log ? Math.log10(v) : v);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const edge = Math.max((high - low) * 0.06, log ? 0.02 : 0.02 * Math.abs(high) || 1);
  return [low - edge, high + edge];
}

// logTicks returns round numbers, so that narrow ranges have ticks too.
function logTicks(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const steps = high / low > 1000 ? [1] : high / low > 30 ? [1, 3] : [1, 2, 5];
  const tickvals = [];
  for (let e = Math.floor(Math.log10(low)); e <= Math.log10(high) + 1; e++) {
    for (const s of steps) tickvals.push(s * 10 ** e);
  }
  return { tickvals, ticktext: tickvals.map(v => v >= 1e7 || v < 1e-3 ? v.toExponential(0) : short(v)) };
}
