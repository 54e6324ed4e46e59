// A picture of two inputs as a surface to turn, over its floor.

// rows returns values as rows over the second axis, columns over the first.
function rows(picture, value) {
  const [first, second] = picture.axes.map(axis => axis.points);
  return Array.from({ length: second }, (_, j) => Array.from({ length: first }, (_, i) => value(i * second + j)));
}

// contour returns the line where an interpolated field passes zero, on a surface of
// heights z, as lists of x, y and z with nulls between its pieces. Cells are cut into two
// triangles each.
function contour(xs, ys, field, z) {
  const line = { x: [], y: [], z: [] };
  const at = (i, j) => ({ x: xs[i], y: ys[j], z: z[j][i], v: field[j][i] });
  for (let j = 0; j + 1 < ys.length; j++) {
    for (let i = 0; i + 1 < xs.length; i++) {
      const [a, b, c, d] = [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)];
      for (const triangle of [[a, b, c], [a, c, d]]) cut(triangle, line);
    }
  }
  return line;
}

// cut appends the piece of the zero line in a triangle.
function cut(corners, line) {
  const ends = [];
  corners.forEach((a, k) => {
    const b = corners[(k + 1) % 3];
    if (a.v >= 0 === b.v >= 0) return;
    const t = a.v / (a.v - b.v);
    ends.push({ x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y), z: a.z + t * (b.z - a.z) });
  });
  if (ends.length !== 2) return;
  for (const axis of ["x", "y", "z"]) line[axis].push(ends[0][axis], ends[1][axis], null);
}

const steps = colours => colours.map((c, i) => [i / (colours.length - 1), c]);
const unlit = { ambient: 1, diffuse: 0, specular: 0, fresnel: 0 };
const lit = { ambient: 0.62, diffuse: 0.6, specular: 0.12, roughness: 0.75, fresnel: 0.1 };
const quiet = { x: { highlight: false }, y: { highlight: false }, z: { highlight: false } };
const surfaceOptions = { ...chartOptions, modeBarButtons: [["toImage", "tableRotation", "pan3d", "zoom3d", "resetCameraDefault3d"]] };

// floorOf returns the height of the floor under a surface.
const floorOf = picture => picture.low - 0.6 * (picture.high - picture.low || 1);

// colouring returns the colours of a surface: those of its values around the level of its
// classes, or of its scores around zero where the values do not tell the classes.
function colouring(picture, scores, z) {
  const own = picture.outputs === 1 && picture.scores;
  const level = own ? 0 : picture.level ?? 0;
  const surfacecolor = own ? rows(picture, p => scores[0][p]) : z;
  const ends = own ? surfacecolor.flat() : [picture.low, picture.high];
  const reach = Math.max(...ends.map(v => Math.abs(v - level))) || 1;
  return { scaled: !own, colour: { surfacecolor, colorscale: steps(data.scale), cmin: level - reach, cmax: level + reach } };
}

// margins returns by how much output c is the class: of one output its score, of several
// how far its score is above the others.
const margins = (picture, scores, c) => rows(picture, p => scores.length === 1 ? scores[0][p]
  : scores[c][p] - Math.max(...scores.filter((_, other) => other !== c).map(s => s[p])));

// surfaceOf composes output c as a surface over its map, with the lines where its class
// ends.
function surfaceOf(picture, { outputs, scores }, c, plot) {
  const [xs, ys] = picture.axes.map(positions);
  const z = rows(picture, p => outputs[c][p]);
  const floor = floorOf(picture);
  const { scaled, colour } = colouring(picture, scores, z);
  const line = contour(xs, ys, margins(picture, scores, c), z);
  const above = 0.004 * (picture.high - picture.low || 1);
  return {
    traces: [
      {
        type: "surface", x: xs, y: ys, z, ...colour, lighting: lit, lightposition: { x: 2000, y: -2000, z: 4000 },
        showscale: scaled && plot.clientWidth > 600, colorbar: { len: 0.55, thickness: 12, x: 1, outlinewidth: 0, tickfont: { size: 13, color: theme().muted } },
        hovertemplate: "x₀ %{x:.3f}<br>x₁ %{y:.3f}<br>value %{z:.4f}<extra></extra>",
        contours: { ...quiet, z: { highlight: true, highlightcolor: theme().ink, highlightwidth: 2 } },
      },
      { type: "surface", x: xs, y: ys, z: z.map(row => row.map(() => floor)), ...colour, showscale: false, hoverinfo: "skip", lighting: unlit, contours: quiet },
      zeroLine(line, v => v + above), zeroLine(line, () => floor + above),
    ],
    layout: surfaceLayout(picture, floor, plot),
  };
}

const zeroLine = ({ x, y, z }, height) => ({
  type: "scatter3d", mode: "lines", x, y, z: z.map(v => v === null ? null : height(v)), line: { color: ground, width: 5 }, hoverinfo: "skip", showlegend: false,
});

// sides returns how long axes are drawn: as their extents, but the longer three times as
// long as the other at most.
function sides(picture) {
  const [x, y] = picture.axes.map(axis => Math.abs(axis.to - axis.from) || 1);
  const longer = Math.max(x, y);
  return { x: 1.25 * Math.max(x / longer, 1 / 3), y: 1.25 * Math.max(y / longer, 1 / 3) };
}

function surfaceLayout(picture, floor, plot) {
  const t = theme();
  const reach = picture.high - picture.low || 1;
  const size = plot.clientWidth > 600 ? 15 : 12;
  const axis = (title, more) => ({ title: { text: title, font: { color: t.ink, size: size + 3 } }, gridcolor: t.faint, zerolinecolor: t.faint, linecolor: t.faint, tickfont: { color: t.muted, size }, showbackground: false, showspikes: false, nticks: 5, ...more });
  // elevation 20° and azimuth -55°, as the article sees it; from further away where the
  // plot is narrow
  const away = Math.max(0.98, 1.22 * plot.clientHeight / plot.clientWidth);
  const centre = -0.16;
  const layout = composed(undefined, {}, {}, {
    margin: { l: 0, r: 0, t: 0, b: 0 }, legend: { font: { color: t.ink }, x: 0.02, y: 0.98 },
    dragmode: "turntable",
    scene: {
      dragmode: "turntable",
      xaxis: axis("x₀"), yaxis: axis("x₁"), zaxis: axis("", { range: [floor - 0.01 * reach, picture.high + 0.05 * reach] }),
      aspectmode: "manual", aspectratio: { ...sides(picture), z: 0.8 },
      camera: { eye: { x: 1.19 * away, y: -1.69 * away, z: 0.75 * away + centre }, center: { x: 0, y: 0, z: centre } },
    },
  });
  delete layout.height;
  return layout;
}
