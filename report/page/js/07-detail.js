// The details of a configuration, below its row.

function toggleDetail(button) {
  const row = button.closest("tr");
  const open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!open));
  if (open) {
    forget(row.nextElementSibling);
    row.nextElementSibling.remove();
    return;
  }
  const c = configurations[row.dataset.configuration];
  const inside = element("div", { className: "detail-inside" }, detailHistogram(c), detailFacts(c), detailQuantiles(c), ...detailGallery(c));
  const cell = element("td", { colSpan: row.cells.length }, inside);
  row.after(element("tr", { className: "detail", attributes: { "data-of": row.dataset.configuration } }, cell));
  cell.dispatchEvent(new CustomEvent("shown"));
}

function detailHistogram(c) {
  const select = element("select");
  options(select, data.statistics.map((name, i) => [i, name]));
  const container = element("div", { className: "chart", attributes: { "data-chart": "distribution" } });
  const caption = element("figcaption");
  const redraw = chart(container, () => {
    const measured = c.statistics[select.value];
    caption.textContent = `${whole(total(measured?.counts ?? []))} networks; mean ± standard error ${measured?.text ?? "-"}.`;
    named(container, `Histogram of ${data.statistics[select.value]}, ${c.title}. ${caption.textContent}`);
    return histograms(select.value, [c], new Map(), 300);
  });
  select.addEventListener("change", redraw);
  return element("figure", { className: "figure" },
    element("div", { className: "controls" }, element("label", {}, "Statistic ", select)), container, caption);
}

function detailFacts(c) {
  const facts = [
    ["Configuration", c.id], ["Case", c.case], ["Layers", c.layers], ["Activation", c.activation], ["Output activation", c.output],
    ["Weights", c.weights], ["Biases", c.biases], ["Grid", c.grid], ["Hidden units", whole(c.units)], ["Parameters", whole(c.parameters)],
    ["Networks", whole(c.networks) + (c.nonfinite ? `, ${whole(c.nonfinite)} of them overflowed` : "")],
    ["Unresolved", c.unresolvedText + (c.coarse ? ": the grid is too coarse" : "")],
  ];
  return element("dl", { className: "facts" }, ...facts.map(([name, value]) =>
    element("div", {}, element("dt", { textContent: name }), element("dd", { textContent: value }))));
}

function detailQuantiles(c) {
  const rows = c.statistics.map((m, i) => [data.statistics[i], m.text, ...m.quantiles.map(q => m.mean ? short(q) : "-")]);
  return element("div", { className: "scroll short", attributes: { tabindex: 0, role: "region", "aria-label": "Quantiles" } },
    grid("Means ± standard errors, and quantiles", ["Statistic", "Mean", "5 %", "median", "95 %"], rows));
}

function detailGallery(c) {
  if (!c.pictures?.length) return [];
  const shots = element("div", { className: "shots" }, ...c.pictures.map(i => {
    const p = pictures()[i];
    return element("button", {
      type: "button", className: "picture",
      attributes: { "data-kind": p.axes.length === 1 ? "curve" : "surface", "data-picture": i, "aria-label": `${p.caption}, ${p.title}: ${p.alt}` },
    }, element("span", { className: "thumb" }), element("span", { className: "caption", textContent: p.caption }));
  }));
  thumbnails(shots.children);
  return [shots];
}
