// The table of configurations.

function configurationTable() {
  const table = byId("configurations");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const region = table.parentElement;
  near(rows, row => sparklines(row), region);
  sorting(table, rows);
  filtering(table, rows);
  body.addEventListener("click", event => {
    const button = event.target.closest(".open");
    if (button) toggleDetail(button);
  });
  addEventListener("beforeprint", () => rows.forEach(sparklines));
}

// sparklines puts the histograms into a row that is to be seen.
function sparklines(row) {
  if (row.dataset.drawn) return;
  row.dataset.drawn = "true";
  const { statistics } = configurations[row.dataset.configuration];
  statistics.forEach((measured, i) => {
    if (measured.counts?.length) row.cells[5 + i].append(sparkline(data.statistics[i], measured));
  });
}

// sortKey returns what a column sorts by: numbers by size, unknown ones last.
function sortKey(c, column) {
  switch (column) {
    case "case": return c.case;
    case "activation": return c.activation;
    case "networks": return c.networks;
    case "unresolved": return c.networks > c.nonfinite ? c.unresolved / (c.networks - c.nonfinite) : null;
    case "layers": return c.layers;
    default: return c.statistics[column].mean?.value ?? null;
  }
}

function compareKeys(a, b) {
  if (typeof a === "string") return a.localeCompare(b, "en", { numeric: true });
  return a - b;
}

function sorting(table, rows) {
  table.tHead.addEventListener("click", event => {
    const head = event.target.closest("button")?.parentElement;
    if (!head) return;
    const direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction);
    const sign = direction === "ascending" ? 1 : -1;
    const keyed = rows.map(row => ({ row, key: sortKey(configurations[row.dataset.configuration], head.dataset.sort) }));
    keyed.sort((a, b) => a.key === null || b.key === null ? (a.key === null) - (b.key === null) : sign * compareKeys(a.key, b.key));
    const details = new Map([...table.querySelectorAll(".detail")].map(d => [d.dataset.of, d]));
    const inOrder = document.createDocumentFragment();
    for (const { row } of keyed) {
      inOrder.append(row);
      const detail = details.get(row.dataset.configuration);
      if (detail) inOrder.append(detail);
    }
    table.tBodies[0].append(inOrder);
  });
}

function filtering(table, rows) {
  const text = byId("filter");
  const selects = [...document.querySelectorAll("[data-filter]")];
  const searched = new Map(rows.map(row => {
    const c = configurations[row.dataset.configuration];
    return [row, [c.id, c.case, c.title, c.weights, c.biases, c.grid].join(" ").toLowerCase()];
  }));
  const apply = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const c = configurations[row.dataset.configuration];
      row.hidden = !words.every(word => searched.get(row).includes(word)) ||
        !selects.every(s => !s.value || String(c[s.dataset.filter]) === s.value);
      if (!row.hidden) shown++;
      const detail = row.nextElementSibling;
      if (detail?.matches(".detail")) detail.hidden = row.hidden;
    }
    byId("shown").textContent = `${shown} of ${rows.length} configuration${rows.length === 1 ? "" : "s"}`;
  };
  text.addEventListener("input", apply);
  for (const s of selects) s.addEventListener("change", apply);
}
