// The numbers of the page, and how they are written.

const byId = id => document.getElementById(id);
const parsed = id => JSON.parse(byId(id).textContent);

const data = parsed("data");
for (const list of ["statistics", "columns", "configurations", "comparisons", "theory", "convergence", "combinations"]) {
  data[list] ??= [];
}
const { configurations } = data;
for (const c of configurations) {
  c.title = c.layers + ", " + c.activation + (c.output && c.output !== c.activation ? `, ${c.output} output` : "") + (c.telling && ", " + c.telling);
}

// pictures returns the pictures, which are read when the first is wanted.
let pictureList;
const pictures = () => pictureList ??= parsed("pictures") ?? [];

// inflate returns the bytes behind base64 of raw deflate.
function inflate(text) {
  const packed = Uint8Array.from(atob(text), c => c.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
}

// valuesOf returns the outputs of a picture, each as an array over the grid, the last
// axis fastest. Words are differences to the left neighbour, or to the row above.
async function valuesOf(picture) {
  if (picture.decoded) return picture.decoded;
  const bytes = new DataView(await inflate(picture.values));
  const width = picture.axes.at(-1).points;
  const words = new Uint16Array(bytes.byteLength / 2);
  for (let i = 0; i < words.length; i++) {
    const before = i % width ? words[i - 1] : i ? words[i - width] : 0;
    words[i] = before + bytes.getUint16(2 * i, true);
  }
  const step = (picture.high - picture.low) / 65535;
  const values = Float64Array.from(words, w => picture.low + w * step);
  const points = picture.axes.reduce((n, axis) => n * axis.points, 1);
  return picture.decoded = Array.from({ length: picture.outputs }, (_, c) => values.subarray(c * points, (c + 1) * points));
}

// positions returns the points of an axis.
const positions = axis =>
  Array.from({ length: axis.points }, (_, i) => axis.from + (axis.to - axis.from) * i / Math.max(axis.points - 1, 1));

// winners returns the output that is the largest at each point, the lowest on a tie.
const winners = outputs => Array.from(outputs[0], (_, p) => {
  let best = 0;
  for (let c = 1; c < outputs.length; c++) if (outputs[c][p] > outputs[best][p]) best = c;
  return best;
});

const known = x => x !== null && x !== undefined && Number.isFinite(x);

// short returns a number with four digits.
function short(x) {
  if (!known(x)) return "?";
  if (Number.isInteger(x) && Math.abs(x) < 1e9) return x.toLocaleString("en");
  const size = Math.abs(x);
  return size >= 1e7 || size < 1e-4 ? x.toExponential(2) : Number(x.toPrecision(4)).toLocaleString("en", { maximumSignificantDigits: 4 });
}
const whole = n => n.toLocaleString("en");

// plusMinus returns "1.026 ± 0.004": the number to the digit where its error has two.
function plusMinus(mean) {
  if (!mean) return "-";
  if (!known(mean.error)) return `${short(mean.value)} ± ?`;
  if (mean.error <= 0) return `${short(mean.value)} ± 0`;
  const digits = Math.min(Math.max(1 - Math.floor(Math.log10(mean.error)), 0), 6);
  return `${mean.value.toFixed(digits)} ± ${mean.error.toFixed(digits)}`;
}

const distinct = values => [...new Set(values)];

// plain returns text that a chart shows as it is: charts read some markup.
const plain = text => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

// wrapped returns lines of some length at most, but for longer words.
function wrapped(text, length) {
  const lines = [""];
  for (const word of String(text).split(/\s+/)) {
    const last = lines.at(-1);
    if (last && last.length + word.length >= length) lines.push(word);
    else lines[lines.length - 1] = last ? last + " " + word : word;
  }
  return lines;
}
