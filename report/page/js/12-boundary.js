// Boundary length against roughness.

function boundaryChart() {
  const figure = byId("boundary");
  if (!figure) return;
  const { inputs } = selectsOf(figure);
  const container = figure.querySelector(".chart");
  const both = configurations.filter(c => c.boundaryLength && c.roughness);
  const numbers = distinct(both.map(c => c.inputs)).sort((a, b) => b - a);
  options(inputs, numbers.map(String));
  const chosen = () => both.filter(c => String(c.inputs) === inputs.value);
  const table = tabled(figure, () => grid("Boundary length and roughness", ["Configuration", "Case", "Networks", "Boundary length", "Roughness"],
    chosen().map(c => [c.title, c.case, c.networks - c.nonfinite, plusMinus(c.boundaryLength), plusMinus(c.roughness)])));
  const redraw = chart(container, () => {
    const shown = chosen();
    figure.querySelector("figcaption").textContent =
      `One point a configuration: means over n = ${range(shown.map(c => c.networks - c.nonfinite))} finite networks, bars ± 1 standard error. ${inputs.value === "1" ? "With one input boundary length is the number of crossings" : "Boundary length in input units"}; roughness is the root mean square of second differences over h², in output units by input units².`;
    named(container, `Boundary length against roughness of ${shown.length} configurations. The table below has the numbers.`);
    return boundaries(shown);
  });
  inputs.addEventListener("change", () => { redraw(); table(); });
}

function boundaries(shown) {
  const axis = (title, values) => {
    const log = spread(values, 30);
    return { title: title + (log ? " (log scale)" : ""), type: log ? "log" : "linear", zeroline: false, ...(log && { ...logTicks(values), range: axisRange(values, true) }) };
  };
  return {
    traces: distinct(configurations.map(c => c.activation)).map((activation, i) => ({ activation, i, members: shown.filter(c => c.activation === activation) }))
      .filter(({ members }) => members.length).map(({ activation, i, members }) => ({
        type: "scatter", mode: "markers", name: plain(activation), marker: { size: 9, color: series(i), symbol: symbols[i % symbols.length], opacity: 0.85 },
        x: members.map(c => c.roughness.value), y: members.map(c => c.boundaryLength.value),
        error_x: bars(members.map(c => c.roughness.error), faded(series(i), 0.6)), error_y: bars(members.map(c => c.boundaryLength.error), faded(series(i), 0.6)),
        text: members.map(c => `<b>${plain(c.title)}</b><br>${plain(c.case)}<br>boundary length ${plusMinus(c.boundaryLength)}<br>roughness ${plusMinus(c.roughness)}`),
        hovertemplate: "%{text}<extra></extra>",
      })),
    layout: composed(narrow() ? 420 : 480, axis("roughness", shown.map(c => c.roughness.value)), axis("boundary length", shown.map(c => c.boundaryLength.value)), { showlegend: true }),
  };
}
