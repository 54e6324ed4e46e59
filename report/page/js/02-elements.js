// Small tools for the document.

// element returns a new element with properties, attributes under "attributes", and children.
function element(name, properties = {}, ...children) {
  const { attributes = {}, ...rest } = properties;
  const node = Object.assign(document.createElement(name), rest);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// drawing returns a new SVG element.
function drawing(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// options fills a select with [value, text] or with texts.
function options(select, choices, chosen) {
  select.replaceChildren(...choices.map(choice => {
    const [value, text] = Array.isArray(choice) ? choice : [choice, choice];
    return new Option(text, value);
  }));
  if (chosen !== undefined) select.value = chosen;
}

// near calls visit once with each element that comes near the viewport, or near what
// root shows.
function near(elements, visit, root = null) {
  const observer = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      observer.unobserve(entry.target);
      visit(entry.target);
    }
  }, { root, rootMargin: "400px" });
  for (const e of elements) observer.observe(e);
}

// grid returns a table. A cell is a text or a number, right-aligned in columns that hold
// numbers; the first of a row is its head.
function grid(caption, heads, rows) {
  const numeric = heads.map((_, i) => rows.some(row => typeof row[i] === "number" || /^-?[\d.,]+(e[+-]?\d+)?( ± .*)?$/.test(row[i])));
  const align = i => numeric[i] && i ? "number" : "";
  return element("table", {},
    element("caption", { textContent: caption }),
    element("thead", {}, element("tr", {}, ...heads.map((head, i) =>
      element("th", { scope: "col", textContent: head, className: align(i) })))),
    element("tbody", {}, ...rows.map(row => element("tr", {}, ...row.map((cell, i) => {
      const text = typeof cell === "number" ? short(cell) : cell;
      return i ? element("td", { textContent: text, className: String(text).length > 50 ? "note" : align(i) }) : element("th", { scope: "row", textContent: text });
    })))));
}

// tabled fills the "data as table" of a figure when it is opened, and again when the
// figure shows something else.
function tabled(figure, table) {
  const details = figure.querySelector(".as-table");
  const title = figure.closest("section").querySelector("h2").textContent;
  const fill = () => {
    details.querySelector("div")?.remove();
    if (!details.open) return;
    const inside = element("div", { attributes: { tabindex: 0, role: "region", "aria-label": "Data as table: " + title } }, table());
    details.append(inside);
  };
  details.addEventListener("toggle", fill);
  return fill;
}

// copying makes the buttons that copy the text of another element.
function copying() {
  document.addEventListener("click", async event => {
    const button = event.target.closest(".copy");
    if (!button) return;
    const source = byId(button.dataset.copy);
    const copied = await copyText(source.textContent) || selectText(source);
    const before = button.textContent;
    button.textContent = copied;
    button.disabled = true;
    setTimeout(() => { button.textContent = before; button.disabled = false; }, 1500);
  });
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied";
  } catch {
    return "";
  }
}

// selectText selects the text where the browser does not let a page copy.
function selectText(source) {
  getSelection().selectAllChildren(source);
  return document.execCommand("copy") ? "Copied" : "Selected";
}
