// Print: light, with charts as wide as the paper.

const printWidth = 660;

function print() {
  addEventListener("beforeprint", () => {
    printing = true;
    for (const button of document.querySelectorAll(".picture")) thumbnail(button);
    redrawAll();
  });
  addEventListener("afterprint", () => {
    printing = false;
    redrawAll();
  });
}

// redrawAll draws all charts at once if the library is there: a page that is being
// printed does not wait.
function redrawAll() {
  if (!window.Plotly) return;
  for (const c of charts) {
    if (!printing && !c.seen) continue;
    c.drawings++;
    const { traces, layout } = c.compose(printWidth);
    if (!traces) continue;
    window.Plotly.react(c.container, traces, layout, chartOptions);
    c.container.dataset.drawn = "true";
  }
}
