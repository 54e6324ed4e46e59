// A picture of two inputs as a surface to turn, over its floor.

// rows returns values as rows over the second axis, columns over the first.
function rows(picture, value) {
  const [first, second] = picture.axes.map(axis => axis.points);
  return Array.from({ length: second }, (_, j) => Array.from({ length: first }, (_, i) => value(i * second + j)));
}

// contour returns the line where an interpolated field passes zero, as lists of x and y
// with nulls between its pieces. Cells are cut into two triangles each.
function contour(xs, ys, field) {
  const line = { x: [], y: [] };
  const at = (i, j) => ({ x: xs[i], y: ys[j], v: field[j][i] });
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
    ends.push([a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)]);
  });
  if (ends.length !== 2) return;
  line.x.push(ends[0][0], ends[1][0], null);
  line.y.push(ends[0][1], ends[1][1], null);
}

const steps = colours => colours.map((c, i) => [i / (colours.length - 1), c]);
const unlit = { ambient: 1, diffuse: 0, specular: 0, fresnel: 0 };
const lit = { ambient: 0.62, diffuse: 0.6, specular: 0.12, roughness: 0.75, fresnel: 0.1 };
const quiet = { x: { highlight: false }, y: { highlight: false }, z: { highlight: false } };
const surfaceOptions = { ...chartOptions, modeBarButtons: [["toImage", "tableRotation", "pan3d", "zoom3d", "resetCameraDefault3d"]] };

// floorOf returns the height of the floor under a surface.
const floorOf = picture => picture.low - 0.45 * (picture.high - picture.low || 1);

// surfaceOf composes one output as a surface over its map, with the lines where it passes
// the level of its classes.
function surfaceOf(picture, values, plot) {
  const [xs, ys] = picture.axes.map(positions);
  const z = rows(picture, p => values[p]);
  const floor = floorOf(picture);
  const reach = Math.max(Math.abs(picture.high - picture.level), Math.abs(picture.low - picture.level)) || 1;
  const colour = { surfacecolor: z, colorscale: steps(data.scale), cmin: picture.level - reach, cmax: picture.level + reach };
  const line = contour(xs, ys, z.map(row => row.map(v => v - picture.level)));
  return {
    traces: [
      {
        type: "surface", x: xs, y: ys, z, ...colour, lighting: lit, lightposition: { x: 2000, y: -2000, z: 4000 },
        showscale: plot.clientWidth > 600, colorbar: { len: 0.55, thickness: 12, x: 1, outlinewidth: 0, tickfont: { color: theme().muted } },
        hovertemplate: "x₁ %{x:.3f}<br>x₂ %{y:.3f}<br>value %{z:.4f}<extra></extra>",
        contours: { ...quiet, z: { highlight: true, highlightcolor: theme().ink, highlightwidth: 2 } },
      },
      { type: "surface", x: xs, y: ys, z: z.map(row => row.map(() => floor)), ...colour, showscale: false, hoverinfo: "skip", lighting: unlit, contours: quiet },
      zeroLine(line, picture.level + 0.004 * reach), zeroLine(line, floor + 0.01 * reach),
    ],
    layout: surfaceLayout(picture, floor, plot),
  };
}

const zeroLine = ({ x, y }, height) => ({
  type: "scatter3d", mode: "lines", x, y, z: x.map(v => v === null ? null : height), line: { color: ground, width: 5 }, hoverinfo: "skip", showlegend: false,
});

function surfaceLayout(picture, floor, plot) {
  const t = theme();
  const reach = picture.high - picture.low || 1;
  const axis = (title, more) => ({ title: { text: title, font: { color: t.ink } }, gridcolor: t.faint, zerolinecolor: t.faint, linecolor: t.faint, tickfont: { color: t.muted, size: 11 }, showbackground: false, showspikes: false, nticks: 5, ...more });
  // elevation 20° and azimuth -55°, as the article sees it; from further away where the
  // plot is narrow
  const away = Math.max(1, 1.08 * plot.clientHeight / plot.clientWidth);
  const centre = -0.16;
  const layout = composed(undefined, {}, {}, {
    margin: { l: 0, r: 0, t: 0, b: 0 }, legend: { font: { color: t.ink }, x: 0.02, y: 0.98 },
    dragmode: "turntable",
    scene: {
      dragmode: "turntable",
      xaxis: axis("x₁"), yaxis: axis("x₂"), zaxis: axis("", { range: [floor - 0.01 * reach, picture.high + 0.05 * reach] }),
      aspectmode: "manual", aspectratio: { x: 1.25, y: 1.25, z: 0.75 },
      camera: { eye: { x: 1.19 * away, y: -1.69 * away, z: 0.75 * away + centre }, center: { x: 0, y: 0, z: centre } },
    },
  });
  delete layout.height;
  return layout;
}
