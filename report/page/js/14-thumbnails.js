// Thumbnails, which are drawn when they come near.

const ground = "#14171f", axisColour = "#a3abba";

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
    thumb.replaceChildren(curveDrawing(picture, await valuesOf(picture)));
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

// stretches returns where each winner holds: [from, to, class] as indices.
function stretches(classes) {
  const all = [];
  for (let i = 0, from = 0; i < classes.length; i++) {
    if (i + 1 < classes.length && classes[i + 1] === classes[i]) continue;
    all.push([from, i, classes[i]]);
    from = i + 1;
  }
  return all;
}

// alike returns the pictures of a picture's configuration, which are drawn to one scale.
let byConfiguration;
function alike(picture) {
  byConfiguration ??= Map.groupBy(pictures(), p => p.id);
  return byConfiguration.get(picture.id);
}

// heightRange returns what the axis of curves shows: -1.2 to 1.2 for values within -1 and
// 1, as the article has it.
function heightRange(shown) {
  const low = Math.min(shown[0].level, ...shown.map(p => p.low)), high = Math.max(shown[0].level, ...shown.map(p => p.high));
  if (low >= -1 && high <= 1 && low < 0) return [-1.2, 1.2];
  const edge = (high - low || 1) * 0.1;
  return [low - edge, high + edge];
}

// curveDrawing returns the curves of one input on a dark ground, with the line where the
// class changes: green above, red below, or a band for each class that wins.
function curveDrawing(picture, outputs) {
  const [width, height] = [160, 90];
  const xs = positions(picture.axes[0]);
  const [low, high] = heightRange(alike(picture));
  const x = v => (width * (v - xs[0]) / (xs.at(-1) - xs[0] || 1)).toFixed(1);
  const y = v => (height * (high - v) / (high - low)).toFixed(1);
  const line = points => "M" + points.map(([a, b]) => `${x(a)} ${y(b)}`).join("L");
  const parts = [drawing("rect", { width, height, fill: ground })];
  if (outputs.length === 1) {
    const points = withCrossings(xs, outputs[0], picture.level);
    for (const [clip, colour] of [[Math.max, data.classes[0]], [Math.min, data.classes[1]]]) {
      const side = points.map(([a, b]) => [a, clip(b, picture.level)]);
      parts.push(drawing("path", { d: `${line(side)}L${x(xs.at(-1))} ${y(picture.level)}L${x(xs[0])} ${y(picture.level)}Z`, fill: colour, "fill-opacity": 0.55 }));
    }
  } else {
    for (const [from, to, c] of stretches(winners(outputs))) {
      const [left, right] = [Math.max(from - 0.5, 0), Math.min(to + 0.5, xs.length - 1)].map(i => width * i / Math.max(xs.length - 1, 1));
      parts.push(drawing("rect", { x: left.toFixed(1), width: (right - left).toFixed(1), height, fill: data.classes[c % data.classes.length], "fill-opacity": 0.35 }));
    }
  }
  parts.push(drawing("path", { d: `M0 ${y(picture.level)}H${width}`, stroke: axisColour, "stroke-width": 0.6 }));
  outputs.forEach((values, c) => parts.push(drawing("path", {
    d: line(xs.map((v, i) => [v, values[i]])), fill: "none", "stroke-width": 2, "stroke-linejoin": "round", stroke: curveColour(outputs.length, c),
  })));
  return drawing("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" }, ...parts);
}

// curveColour returns the colour of an output's curve on a dark ground: that of its
// class, lighter, where there are several.
const curveColour = (outputs, c) => outputs === 1 ? data.curves[2 % data.curves.length] : paler(data.dark.series[c % data.dark.series.length]);

// paler returns a colour half way to white.
const paler = colour => "#" + [1, 3, 5].map(i => Math.round((parseInt(colour.slice(i, i + 2), 16) + 255) / 2).toString(16).padStart(2, "0")).join("");
