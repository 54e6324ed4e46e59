// The chart of distributions of several configurations.

const mostDistributions = 6;

function distributionChart() {
  const figure = byId("distribution");
  if (!figure) return;
  const { statistic, add } = selectsOf(figure);
  const container = figure.querySelector(".chart");
  const chosen = configurations.filter(c => c.case === largestCase()).slice(0, 4);
  options(statistic, data.statistics.map((name, i) => [i, name]));
  grouped(add);
  const colours = () => new Map(chosen.map((c, i) => [c, series(i)]));
  const table = tabled(figure, () => grid(data.statistics[statistic.value],
    ["Configuration", "Case", "Networks", "Mean ± standard error", "5 %", "median", "95 %"],
    chosen.map(c => {
      const m = c.statistics[statistic.value];
      return [c.title, c.case, total(m.counts ?? []), m.text, ...m.quantiles.map(q => m.mean ? q : "-")];
    })));
  const redraw = chart(container, () => {
    figure.querySelector("figcaption").textContent = distributionCaption(chosen, statistic.value);
    named(container, `Histograms of ${data.statistics[statistic.value]}: ${chosen.map(c => c.title).join("; ")}. The table below has the numbers.`);
    return histograms(statistic.value, chosen, colours(), narrow() ? 360 : 440);
  });
  const changed = () => { redraw(); table(); };
  const list = () => chips(figure.querySelector(".chips"), chosen, colours(), c => {
    chosen.splice(chosen.indexOf(c), 1);
    list();
    changed();
    add.focus();
  });
  statistic.addEventListener("change", changed);
  add.addEventListener("change", () => {
    const c = configurations[add.value];
    add.value = "";
    if (!c || chosen.includes(c)) return;
    if (chosen.length === mostDistributions) chosen.shift();
    chosen.push(c);
    list();
    changed();
  });
  schemeListeners.push(list);
  list();
}

// largestCase returns the case that has the most configurations, the first of these.
function largestCase() {
  const members = groups(configurations, c => c.case);
  return [...members.keys()].reduce((best, name) => members.get(name).length > members.get(best).length ? name : best);
}

// grouped fills a select with the configurations by case.
function grouped(select) {
  select.append(new Option("choose …", ""));
  for (const name of distinct(configurations.map(c => c.case))) {
    const group = element("optgroup", { label: name });
    configurations.forEach((c, i) => { if (c.case === name) group.append(new Option(c.title, i)); });
    select.append(group);
  }
}

// chips lists configurations as buttons that drop them.
function chips(list, chosen, colours, drop) {
  list.replaceChildren(...chosen.map(c => {
    const swatch = element("i");
    swatch.style.background = colours.get(c);
    return element("li", {}, element("button", { type: "button", onclick: () => drop(c), attributes: { "aria-label": `Remove ${c.title}, ${c.case}` } },
      swatch, `${c.title}, ${c.case}`, element("span", { textContent: "×", attributes: { "aria-hidden": "true" } })));
  }));
}

function distributionCaption(chosen, statistic) {
  if (!chosen.length) return "";
  return `n = ${range(chosen.map(c => total(c.statistics[statistic].counts ?? [])))} finite networks each. Areas are shares of networks and add up to 1.`;
}
