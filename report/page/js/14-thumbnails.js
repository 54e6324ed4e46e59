// Thumbnails, which are drawn when they come near.

const ground = "#14171f";

function thumbnails(buttons) {
  near(buttons, thumbnail);
  drawIdly([...buttons]);
}

// drawIdly draws the curves that nobody has come near while there is nothing else to do,
// so that they are there when the page is printed.
function drawIdly(buttons) {
  if (!window.requestIdleCallback) return;
  requestIdleCallback(async deadline => {
    while (buttons.length && deadline.timeRemaining() > 0) await thumbnail(buttons.shift());
    if (buttons.length) drawIdly(buttons);
  });
}

async function thumbnail(button) {
  const thumb = button.querySelector(".thumb");
  if (!thumb.isConnected && !thumb.parentElement || thumb.hasChildNodes()) return;
  const picture = pictures()[button.dataset.picture];
  if (picture.thumbnail) {
    thumb.replaceChildren(element("img", { src: picture.thumbnail, alt: "", decoding: "async", draggable: false }));
  } else if (picture.axes.length === 1) {
    thumb.replaceChildren(curveDrawing(picture, await fieldsOf(picture)));
  }
}

// withCrossings returns a curve with the points between where it passes a level.
function withCrossings(x, y, level) {
  const points = [];
  for (let i = 0; i < x.length; i++) {
    const side = i && (y[i - 1] - level) * (y[i] - level);
    if (side < 0) points.push([x[i - 1] + (x[i] - x[i - 1]) * (level - y[i - 1]) / (y[i] - y[i - 1]), level]);
    points.push([x[i], y[i]]);
  }
  return points;
}

// stretches returns where each class holds: {from, to, class}, which meet where the
// interpolated scores of two tie.
function stretches(xs, scores) {
  const classes = winners(scores);
  const lead = (a, b, i) => scores.length === 1 ? scores[0][i] : scores[a][i] - scores[b][i];
  const all = [];
  let from = xs[0];
  for (let i = 0; i < xs.length; i++) {
    const [a, b] = [classes[i], classes[i + 1]];
    if (a === b) continue;
    const share = i + 1 < xs.length ? lead(a, b, i) / (lead(a, b, i) - lead(a, b, i + 1)) : 0;
    const to = share ? xs[i] + share * (xs[i + 1] - xs[i]) : xs[i];
    all.push({ from, to, class: a });
    from = to;
  }
  return all;
}

// alike returns the pictures that are drawn to one scale: those of one gallery or exhibit.
let together;
function alike(picture) {
  const key = p => p.id + " " + p.title;
  together ??= groups(pictures(), key);
  return together.get(key(picture));
}

// heightRange returns what the axis of curves shows: -1.2 to 1.2 for values within -1 and
// 1, as the article has it. Where the widest of many would flatten the others, the axis
// shows the ranges without a twentieth at either end.
function heightRange(shown) {
  const level = shown[0].level ?? 0;
  const lows = shown.map(p => p.low).sort((a, b) => a - b), highs = shown.map(p => p.high).sort((a, b) => b - a);
  const without = shown.length < 5 ? 0 : Math.ceil(shown.length / 20);
  const ends = i => [Math.min(level, lows[i]), Math.max(level, highs[i])];
  let [low, high] = ends(0);
  const [inner, outer] = ends(without);
  if (high - low > 2 * (outer - inner) && outer > inner) [low, high] = [inner, outer];
  if (low >= -1 && high <= 1 && low < 0) return [-1.2, 1.2];
  const edge = (high - low || 1) * 0.1;
  return [low - edge, high + edge];
}

// curveDrawing returns the curves of one input over the classes: what lies between one
// curve and its level, green above and red below, or a band for each class where it holds.
function curveDrawing(picture, { outputs, scores }) {
  const [width, height] = [160, 90];
  const xs = positions(picture.axes[0]);
  const [low, high] = heightRange(alike(picture));
  const x = v => (width * (v - xs[0]) / (xs.at(-1) - xs[0] || 1)).toFixed(1);
  const y = v => (height * (high - v) / (high - low)).toFixed(1);
  const line = points => "M" + points.map(([a, b]) => `${x(a)} ${y(b)}`).join("L");
  const parts = [drawing("rect", { width, height, class: "plot-ground" })];
  const level = picture.level ?? 0;
  if (fillsToLevel(picture)) {
    const points = withCrossings(xs, outputs[0], level);
    for (const [clip, colour] of [[Math.max, data.classes[0]], [Math.min, data.classes[1]]]) {
      const side = points.map(([a, b]) => [a, clip(b, level)]);
      parts.push(drawing("path", { d: `${line(side)}L${x(xs.at(-1))} ${y(level)}L${x(xs[0])} ${y(level)}Z`, fill: colour, "fill-opacity": 0.55 }));
    }
  } else {
    for (const { from, to, class: c } of stretches(xs, scores)) {
      parts.push(drawing("rect", { x: x(from), width: (x(to) - x(from)).toFixed(1), height, fill: data.classes[c % data.classes.length], "fill-opacity": 0.35 }));
    }
  }
  parts.push(drawing("path", { d: `M0 ${y(level)}H${width}`, class: "plot-level" }));
  outputs.forEach((values, c) => parts.push(drawing("path", {
    d: line(xs.map((v, i) => [v, values[i]])), class: "plot-curve", style: `--on-dark: ${curveColour(outputs.length, c)}; --on-paper: ${paperColour(outputs.length, c)}`,
  })));
  return drawing("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" }, ...parts);
}

// fillsToLevel reports whether the one curve of a picture is above its level where class A
// is and below where B is.
const fillsToLevel = picture => picture.outputs === 1 && !picture.scores;

// curveColour returns the colour of an output's curve on a dark ground: that of its
// class, lighter, where there are several.
const curveColour = (outputs, c) => outputs === 1 ? data.curves[2 % data.curves.length] : paler(data.dark.series[c % data.dark.series.length]);

const paperColour = (outputs, c) => outputs === 1 ? data.light.ink : data.light.series[c % data.light.series.length];

// paler returns a colour half way to white.
const paler = colour => "#" + [1, 3, 5].map(i => Math.round((parseInt(colour.slice(i, i + 2), 16) + 255) / 2).toString(16).padStart(2, "0")).join("");
