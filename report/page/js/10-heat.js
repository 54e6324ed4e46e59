// The heat map of depth and width: a table whose cells are coloured.

function heatMap() {
  const figure = byId("heat");
  if (!figure) return;
  const { statistic, combination } = selectsOf(figure);
  const container = figure.querySelector("[data-chart]");
  const names = [...data.statistics, ...data.columns];
  options(statistic, names.map((name, i) => [i, name]));
  options(combination, data.combinations.map((c, i) => [i, `${c.name} (${c.configurations.length})`]));
  const fill = () => {
    const members = data.combinations[combination.value].configurations.map(i => configurations[i]);
    const name = names[statistic.value];
    container.setAttribute("aria-label", `Mean of ${name} by depth and width`);
    container.replaceChildren(heatTable(members, statistic.value, name));
    const networks = distinct(members.map(c => c.networks - c.nonfinite));
    figure.querySelector("figcaption").textContent =
      `Mean of ${name} ± standard error; n = ${networks.length === 1 ? whole(networks[0]) : `${whole(Math.min(...networks))} to ${whole(Math.max(...networks))}`} finite networks a cell. Depth: hidden layers; width: units of the widest. Colours go from the smallest to the largest mean.`;
    container.dataset.drawn = "true";
  };
  statistic.addEventListener("change", fill);
  combination.addEventListener("change", fill);
  fill();
}

// heatMean returns the mean and its text of the statistics and then the other columns.
const heatMean = (c, i) => c.statistics[i] ?? c.columns[i - data.statistics.length];

function heatTable(members, statistic, name) {
  const ascending = (a, b) => a - b;
  const depths = distinct(members.map(c => c.depth)).sort(ascending);
  const widths = distinct(members.map(c => c.width)).sort(ascending);
  const means = members.map(c => heatMean(c, statistic).mean?.value).filter(known);
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const cell = (depth, width) => element("td", {}, ...members.filter(c => c.depth === depth && c.width === width).map(c => heatCell(c, statistic, low, high)));
  return element("table", { className: "heat" },
    element("caption", { textContent: `${name}: width to the right, depth downwards` }),
    element("thead", {}, element("tr", {}, element("th", { className: "corner", textContent: "depth \\ width", scope: "col" }),
      ...widths.map(w => element("th", { scope: "col", textContent: w })))),
    element("tbody", {}, ...depths.map(d => element("tr", {}, element("th", { scope: "row", textContent: d }), ...widths.map(w => cell(d, w))))));
}

function heatCell(c, statistic, low, high) {
  const { mean, text } = heatMean(c, statistic);
  const [value, error] = text.split(" ± ");
  const shade = mean && known(mean.value) ? (high > low ? (mean.value - low) / (high - low) : 0.5) : null;
  const colour = shade === null ? "transparent" : upperScale(shade);
  const cell = element("div", { className: "cell", title: `${c.title}: ${text}, ${whole(c.networks - c.nonfinite)} networks` },
    element("b", { textContent: value }), element("span", { textContent: error ? "± " + error : "" }), element("span", { textContent: c.layers }));
  cell.style.background = colour;
  if (shade !== null) cell.style.color = lightness(colour) > 0.18 ? "#000" : "#fff";
  return cell;
}

// upperScale returns the colour of a share in the upper half of the palette's scale.
function upperScale(share) {
  const middle = (data.scale.length - 1) / 2;
  return data.scale[Math.round(middle * (1.05 + 0.95 * share))];
}

// lightness returns the relative luminance of "#rrggbb". Above 0.18 black text has the
// higher contrast, 4.5 or more; below, white.
function lightness(colour) {
  const light = i => {
    const x = parseInt(colour.slice(i, i + 2), 16) / 255;
    return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * light(1) + 0.7152 * light(3) + 0.0722 * light(5);
}
