// A picture of one input as curves to read off.

function curveOf(picture, outputs) {
  const xs = positions(picture.axes[0]);
  const classes = winners(outputs);
  const level = picture.level;
  const traces = outputs.length === 1 ? signTraces(xs, outputs[0], level) : [];
  outputs.forEach((values, c) => traces.push({
    type: "scatter", mode: "lines", name: `output ${c}`, x: xs, y: Array.from(values), showlegend: outputs.length > 1,
    line: { color: outputs.length === 1 ? theme().ink : series(c), width: 2.5, simplify: false },
    customdata: classes, hovertemplate: `x %{x:.3f}<br>output ${c}: %{y:.4f}${outputs.length > 1 ? "<br>wins: output %{customdata}" : ""}<extra></extra>`,
  }));
  const layout = composed(undefined, { title: "x", zeroline: false, range: [xs[0], xs.at(-1)] }, { title: "output", zeroline: false, range: heightRange([picture]) }, {
    showlegend: outputs.length > 1, shapes: [
      { type: "line", xref: "paper", x0: 0, x1: 1, y0: level, y1: level, layer: "below", line: { color: theme().muted, width: 1.5 } },
      ...(outputs.length > 1 ? bands(xs, classes) : []),
    ],
  });
  delete layout.height;
  return { traces, layout };
}

// signTraces returns what lies between a curve and a level, above and below.
function signTraces(xs, values, level) {
  const points = withCrossings(xs, values, level);
  const shade = (clip, colour) => ({
    type: "scatter", mode: "lines", fill: "toself", hoverinfo: "skip", showlegend: false, line: { width: 0 }, fillcolor: faded(colour, 0.35),
    x: [xs[0], ...points.map(([x]) => x), xs.at(-1)], y: [level, ...points.map(([, y]) => clip(y, level)), level],
  });
  return [shade(Math.max, data.classes[0]), shade(Math.min, data.classes[1])];
}

// bands returns the ground where each class wins, with a divider between two.
function bands(xs, classes) {
  const middle = i => (xs[Math.max(i, 0)] + xs[Math.min(i + 1, xs.length - 1)]) / 2;
  return stretches(classes).map(([from, to, c]) => ({
    type: "rect", yref: "paper", y0: 0, y1: 1, x0: from ? middle(from - 1) : xs[0], x1: to + 1 < xs.length ? middle(to) : xs.at(-1),
    layer: "below", line: { width: 0 }, fillcolor: faded(series(c), 0.16),
  }));
}
