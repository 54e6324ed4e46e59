// The viewer: one picture large. At most one scene of WebGL lives at a time.

const viewer = { shown: null, from: null, drawings: 0 };

// order returns the pictures of the section that holds a picture, as they stand there.
function order(i) {
  const section = [byId("gallery"), byId("zoo")].find(s => s?.querySelector(`[data-picture="${i}"]`));
  return [...section.querySelectorAll(".picture")].map(button => Number(button.dataset.picture));
}

function pictureViewer() {
  const dialog = byId("viewer");
  document.addEventListener("click", event => {
    const button = event.target.closest(".picture");
    if (button) openViewer(button);
  });
  byId("viewer-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", closeViewer);
  dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
  const step = by => {
    const all = order(viewer.shown);
    show(all[all.indexOf(viewer.shown) + by]);
  };
  byId("viewer-previous").addEventListener("click", () => step(-1));
  byId("viewer-next").addEventListener("click", () => step(1));
  dialog.querySelector("select").addEventListener("change", plotPicture);
  schemeListeners.push(() => { if (dialog.open) plotPicture(); });
}

function openViewer(button) {
  viewer.from = button;
  byId("viewer").showModal();
  show(Number(button.dataset.picture));
}

function closeViewer() {
  viewer.drawings++;
  viewer.shown = null;
  purgePlot();
  viewer.from?.focus();
  viewer.from = null;
}

// show shows picture i with what is known of it.
function show(i) {
  const picture = pictures()[i];
  viewer.shown = i;
  byId("viewer-title").textContent = picture.caption;
  byId("viewer-subtitle").textContent = `${picture.title} · ${picture.case} · ${picture.id}`;
  byId("viewer-alt").textContent = picture.alt;
  byId("viewer-command").textContent = picture.command;
  const all = order(i);
  const neighbour = (id, by) => {
    const there = all[all.indexOf(i) + by] !== undefined;
    const had = document.activeElement === byId(id);
    byId(id).disabled = !there;
    if (!there && had) byId("viewer-close").focus();
  };
  neighbour("viewer-previous", -1);
  neighbour("viewer-next", 1);
  const choose = byId("viewer-choice");
  choose.hidden = picture.axes.length === 1 || picture.outputs === 1;
  options(choose.querySelector("select"), [["envelope", "the winning class"], ...Array.from({ length: picture.outputs }, (_, c) => [c, "output " + className(c)])],
    picture.outputs > 1 ? "envelope" : "0");
  plotPicture();
}

async function plotPicture() {
  const drawing = ++viewer.drawings;
  const picture = pictures()[viewer.shown];
  const kind = picture.axes.length === 1 ? "curve" : "surface";
  const plot = element("div", { attributes: { "data-chart": kind } });
  const choice = byId("viewer-choice").querySelector("select").value;
  purgePlot();
  byId("viewer-plot").replaceChildren(plot);
  named(plot, picture.alt || picture.caption);
  const [Plotly, fields] = await Promise.all([library(), fieldsOf(picture)]);
  if (drawing !== viewer.drawings) return;
  if (kind === "surface" && !drawsSurfaces()) {
    plot.append(picture.thumbnail ? element("img", { src: picture.thumbnail, alt: picture.alt }) : "This browser draws no surfaces: it has no WebGL.");
  } else {
    const { traces, layout } = kind === "curve" ? curveOf(picture, fields)
      : choice === "envelope" ? envelopeOf(picture, fields, plot) : surfaceOf(picture, fields, Number(choice), plot);
    await Plotly.newPlot(plot, traces, layout, kind === "curve" ? chartOptions : surfaceOptions);
  }
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  if (drawing === viewer.drawings) plot.dataset.drawn = "true";
}

// purgePlot ends the plot and gives its context back, which browsers otherwise keep until
// they collect garbage.
function purgePlot() {
  const plot = byId("viewer-plot").firstElementChild;
  if (!plot) return;
  const canvases = [...plot.querySelectorAll("canvas")];
  window.Plotly?.purge(plot);
  canvases.forEach(release);
  plot.remove();
}

function release(canvas) {
  const context = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
}

// drawsSurfaces reports whether the browser has WebGL.
let hasWebGL;
function drawsSurfaces() {
  if (hasWebGL !== undefined) return hasWebGL;
  const canvas = element("canvas");
  hasWebGL = Boolean(canvas.getContext("webgl"));
  release(canvas);
  return hasWebGL;
}
