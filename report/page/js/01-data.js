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

// wordsOf returns the words of rows of some width. They are written as differences to
// the left neighbour, or to the row above.
async function wordsOf(text, width) {
  const bytes = new DataView(await inflate(text));
  const words = new Uint16Array(bytes.byteLength / 2);
  for (let i = 0; i < words.length; i++) {
    const before = i % width ? words[i - 1] : i ? words[i - width] : 0;
    words[i] = before + bytes.getUint16(2 * i, true);
  }
  return words;
}

// fieldsOf returns the outputs of a picture and their scores, each an array over the
// grid, the last axis fastest: the largest score wins; of one output class A is where it
// is not below zero. Values above their level stand for scores that are not there.
async function fieldsOf(picture) {
  if (picture.decoded) return picture.decoded;
  const width = picture.axes.at(-1).points;
  const step = (picture.high - picture.low) / 65535;
  const values = Float64Array.from(await wordsOf(picture.values, width), w => picture.low + w * step);
  const scores = picture.scores ? new Int16Array((await wordsOf(picture.scores, width)).buffer) : null;
  const points = picture.axes.reduce((n, axis) => n * axis.points, 1);
  const split = all => Array.from({ length: picture.outputs }, (_, c) => all.subarray(c * points, (c + 1) * points));
  // half a step up, so that no score is at zero
  return picture.decoded = { outputs: split(values), scores: split(scores ? Float64Array.from(scores, s => s + 0.5) : values.map(v => v - picture.level)) };
}

// positions returns the points of an axis.
const positions = axis =>
  Array.from({ length: axis.points }, (_, i) => axis.from + (axis.to - axis.from) * i / Math.max(axis.points - 1, 1));

// winners returns the class of each point: the score that is the largest, the lowest on a
// tie; of one score 0 where it is not below zero, and 1 elsewhere.
const winners = scores => Array.from(scores[0], (score, p) => {
  if (scores.length === 1) return score >= 0 ? 0 : 1;
  let best = 0;
  for (let c = 1; c < scores.length; c++) if (scores[c][p] > scores[best][p]) best = c;
  return best;
});

const className = c => c < 26 ? String.fromCharCode(65 + c) : `class ${c}`;

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

// groups returns a map from each key to the values that have it, in order.
function groups(values, key) {
  const all = new Map();
  for (const value of values) {
    if (!all.has(key(value))) all.set(key(value), []);
    all.get(key(value)).push(value);
  }
  return all;
}

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
