// Several outputs of two inputs as their upper envelope: each class where it wins.

// envelopeOf composes a mesh for each class, over a map of the classes.
function envelopeOf(picture, fields, plot) {
  const floor = floorOf(picture);
  const traces = fields.outputs.flatMap((_, c) => {
    const mesh = meshOf(picture, fields, c);
    if (!mesh.i.length) return [];
    const name = className(c);
    const colour = { type: "mesh3d", color: data.classes[c % data.classes.length], name, legendgroup: name };
    return [
      { ...mesh, ...colour, showlegend: true, lighting: lit, lightposition: { x: 2000, y: -2000, z: 4000 }, hovertemplate: `x₀ %{x:.3f}<br>x₁ %{y:.3f}<br>value %{z:.4f}<br>class ${name}<extra></extra>` },
      { ...mesh, ...colour, z: mesh.z.map(() => floor), hoverinfo: "skip", lighting: unlit },
    ];
  });
  return { traces, layout: surfaceLayout(picture, floor, plot) };
}

// meshOf returns the part of the interpolated output c where its score is the largest.
// Cells are cut into two triangles, triangles along the lines where two scores tie.
function meshOf(picture, { outputs, scores }, c) {
  const [xs, ys] = picture.axes.map(positions);
  const width = ys.length;
  const corner = (i, j) => ({ x: xs[i], y: ys[j], z: outputs[c][i * width + j], scores: scores.map(s => s[i * width + j]) });
  const mesh = { x: [], y: [], z: [], i: [], j: [], k: [] };
  const seen = new Map();
  const vertex = ({ x, y, z }) => {
    const key = x.toFixed(9) + " " + y.toFixed(9);
    if (!seen.has(key)) {
      seen.set(key, mesh.x.length);
      mesh.x.push(x);
      mesh.y.push(y);
      mesh.z.push(z);
    }
    return seen.get(key);
  };
  for (let i = 0; i + 1 < xs.length; i++) {
    for (let j = 0; j + 1 < width; j++) {
      const [a, b, d, e] = [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)];
      for (const triangle of [[a, b, d], [a, d, e]]) {
        const polygon = won(triangle, c).map(vertex);
        for (let k = 2; k < polygon.length; k++) {
          mesh.i.push(polygon[0]);
          mesh.j.push(polygon[k - 1]);
          mesh.k.push(polygon[k]);
        }
      }
    }
  }
  return mesh;
}

// won returns the part of a triangle where score c is the largest: cut along the tie with
// each other score (Sutherland and Hodgman, "Reentrant polygon clipping", 1974).
function won(polygon, c) {
  for (let other = 0; other < polygon[0]?.scores.length; other++) {
    if (other === c) continue;
    const lead = p => p.scores[c] - p.scores[other];
    const inside = p => lead(p) > 0 || lead(p) === 0 && c < other;
    polygon = polygon.flatMap((p, k) => {
      const next = polygon[(k + 1) % polygon.length];
      const kept = inside(p) ? [p] : [];
      return inside(p) === inside(next) ? kept : [...kept, between(p, next, lead(p) / (lead(p) - lead(next)))];
    });
    if (!polygon.length) return polygon;
  }
  return polygon;
}

const between = (p, q, t) => ({
  x: p.x + t * (q.x - p.x), y: p.y + t * (q.y - p.y), z: p.z + t * (q.z - p.z), scores: p.scores.map((v, i) => v + t * (q.scores[i] - v)),
});
