// A picture of one input as curves to read off.

function curveOf(picture, { outputs, scores }) {
  const xs = positions(picture.axes[0]);
  const classes = winners(scores).map(className);
  const level = picture.level ?? 0;
  const several = outputs.length > 1;
  const traces = fillsToLevel(picture) ? signTraces(xs, outputs[0], level) : [];
  outputs.forEach((values, c) => traces.push({
    type: "scatter", mode: "lines", name: className(c), x: xs, y: Array.from(values), showlegend: several,
    line: { color: several ? series(c) : theme().ink, width: 2.5, simplify: false }, customdata: classes,
    hovertemplate: `x %{x:.3f}<br>${several ? "output " + className(c) : "output"} %{y:.4f}<br>class %{customdata}<extra></extra>`,
  }));
  const layout = composed(undefined, { title: "x", zeroline: false, range: [xs[0], xs.at(-1)] }, { title: "output", zeroline: false, range: heightRange([picture]) }, {
    showlegend: several, shapes: [
      { type: "line", xref: "paper", x0: 0, x1: 1, y0: level, y1: level, layer: "below", line: { color: theme().muted, width: 1.5 } },
      ...(fillsToLevel(picture) ? [] : bands(xs, scores)),
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

// bands returns the ground where each class holds, in the colours of the curves where
// there are several.
function bands(xs, scores) {
  const colour = c => scores.length === 1 ? faded(data.classes[c], 0.35) : faded(series(c), 0.16);
  return stretches(xs, scores).map(({ from, to, class: c }) => ({
    type: "rect", yref: "paper", y0: 0, y1: 1, x0: from, x1: to, layer: "below", line: { width: 0 }, fillcolor: colour(c),
  }));
}
