// Charts: when they are drawn, and what they have in common.

// library returns the chart library, which is unpacked when the first chart comes near.
let loading;
function library() {
  return loading ??= inflate(byId("plotly").textContent).then(bytes => {
    document.head.append(element("script", { textContent: new TextDecoder().decode(bytes) }));
    return window.Plotly;
  });
}

// A chart has an element, a function that returns traces and layout, and the number of
// the drawing that is under way.
const charts = new Set();

// chart draws into an element when it comes near the viewport, and again at each call of
// the function that it returns, when the scheme changes and for print. compose returns
// {traces, layout} and maybe options, or {message}.
function chart(container, compose) {
  const c = { container, compose, seen: false, drawings: 0 };
  charts.add(c);
  near([container], () => { c.seen = true; draw(c); });
  return () => { if (c.seen) draw(c); };
}

// forget drops the charts inside an element.
function forget(inside) {
  for (const c of charts) {
    if (!inside.contains(c.container)) continue;
    charts.delete(c);
    c.drawings++;
    window.Plotly?.purge(c.container);
  }
}

async function draw(c) {
  const drawing = ++c.drawings;
  c.container.removeAttribute("data-drawn");
  const { traces, layout, message, options = chartOptions } = c.compose(c.container.clientWidth);
  const Plotly = await library();
  if (drawing !== c.drawings) return;
  if (message) {
    Plotly.purge(c.container);
    c.container.replaceChildren(element("p", { className: "message", textContent: message }));
  } else {
    c.container.querySelector(".message")?.remove();
    await Plotly.react(c.container, traces, layout, options);
  }
  if (drawing === c.drawings) c.container.dataset.drawn = "true";
}

const chartOptions = {
  responsive: true,
  displaylogo: false,
  displayModeBar: "hover",
  modeBarButtons: [["toImage", "zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d"]],
  doubleClick: "reset",
  toImageButtonOptions: { filename: document.title, scale: 2 },
};

schemeListeners.push(() => { for (const c of charts) if (c.seen) draw(c); });

// composed returns a layout in the colours of the scheme.
function composed(height, x, y, more = {}) {
  const t = theme();
  const axis = a => ({
    gridcolor: t.faint, linecolor: t.muted, zerolinecolor: t.faint, zerolinewidth: 1, tickfont: { color: t.muted },
    automargin: true, ticks: "", ...a, title: { text: plain(a.title ?? ""), standoff: 10, font: { size: 13, color: t.ink } },
  });
  return {
    height, autosize: !printing, ...(printing && { width: printWidth }),
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: "system-ui, sans-serif", size: 13, color: t.ink },
    margin: { l: 60, r: 16, t: 16, b: 50 },
    hoverlabel: { align: "left", bgcolor: t.raised, bordercolor: t.muted, font: { color: t.ink, size: 13 } },
    legend: { orientation: "h", y: -0.18, yanchor: "top", x: 0, font: { color: t.ink } },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: t.muted, activecolor: t.ink },
    hovermode: "closest", dragmode: narrow() ? false : "zoom",
    xaxis: axis(x), yaxis: axis(y), ...more,
  };
}

const narrow = () => innerWidth < 600;
const series = i => theme().series[i % theme().series.length];
const symbols = ["circle", "diamond", "square", "triangle-up", "x", "star", "cross", "triangle-down"];

// faded returns a colour, "#rrggbb", with some opacity.
const faded = (colour, opacity) => colour + Math.round(255 * opacity).toString(16).padStart(2, "0");

// bars returns error bars, none where an error is not known.
const bars = (errors, colour) => ({ type: "data", array: errors.map(e => known(e) ? e : 0), visible: true, color: colour, thickness: 1.2, width: 3 });

// spread reports whether positive numbers span more than some factor.
function spread(values, factor) {
  const some = values.filter(known);
  return some.length > 1 && Math.min(...some) > 0 && Math.max(...some) > factor * Math.min(...some);
}

// named sets what a chart is to those who cannot see it.
function named(container, text) {
  container.setAttribute("role", "group");
  container.setAttribute("aria-label", text);
}
