package theory

import (
	"math"
	"math/rand/v2"
	"testing"
)

var equal = [3]float64{1, 1, 1}

// A ridge, the same all along the second axis: its zero cuts the first leg with
// probability θ/π (Sheppard 1899), at half its length in the mean, where the
// triangle is half as high as at the right angle.
func TestExpectedChordOfARidge(t *testing.T) {
	for _, angle := range []float64{1e-12, 1e-7, 1e-3, .03, .3, 1, 2, 2.5} {
		for _, swap := range []bool{false, true} {
			want := angle / math.Pi * .7 / 2
			got := ExpectedChord(3, .7, equal, [3]float64{angle, 0, angle})
			if swap {
				got = ExpectedChord(.7, 3, equal, [3]float64{0, angle, angle})
			}
			if math.Abs(got.Value-want) > got.Error || got.Error > 1e-8*want {
				t.Errorf("angle %g along one leg: %v, want %.16g", angle, got, want)
			}
		}
	}
}

// A small triangle holds its area times the density of the zero set, MeanNorm of
// the gradient over √(2π·variance) by Kac and Rice; here the field is
// z₀ + x·∇f with a gradient of the given covariance.
func TestExpectedChordOfASmallTriangle(t *testing.T) {
	const step = 1e-7
	a, b, c := 4., .8, .5
	diagonal := 4*a - 2*2*b + c // of f at (2, 0) less f at (0, 1)
	got := ExpectedChord(2*step, step, equal, [3]float64{2 * step * math.Sqrt(a), step * math.Sqrt(c), step * math.Sqrt(diagonal)})
	want := MeanNorm(a, b, c) / math.Sqrt(2*math.Pi) * step * step
	if math.Abs(got.Value/want-1) > 1e-10 {
		t.Errorf("%v, want %.16g", got, want)
	}
}

// triple is a centred Gaussian triple.
type triple struct {
	name            string
	variance, angle [3]float64
}

var triples = []triple{
	{"independent", equal, [3]float64{math.Pi / 2, math.Pi / 2, math.Pi / 2}},
	{"near", equal, [3]float64{.02, .03, .04}},
	{"unlike variances", [3]float64{1, 2, 3}, [3]float64{.4, .5, .6}},
	{"negative correlations", [3]float64{1, 2, 3}, [3]float64{2, 2, 2}},
	{"no variance in the right angle", [3]float64{0, 1, 2}, [3]float64{1, 2, 1.5}},
	{"no variance at a leg's end", [3]float64{1, 0, 1.2}, [3]float64{1, .2, 1.1}},
	{"correlations near -1/2", equal, [3]float64{2.09, 2.09, 2.09}},
}

// simulate calls with the values in the three corners of many draws.
func (c *triple) simulate(draws int, call func(f [3]float64)) {
	rng := rand.New(rand.NewPCG(5, 7))
	std := [3]float64{math.Sqrt(c.variance[0]), math.Sqrt(c.variance[1]), math.Sqrt(c.variance[2])}
	s01, r01 := math.Sincos(c.angle[0])
	r02 := math.Cos(c.angle[1])
	l21 := (math.Cos(c.angle[2]) - r01*r02) / s01
	l22 := math.Sqrt(1 - r02*r02 - l21*l21) // Cholesky
	for range draws {
		x, y, z := rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()
		call([3]float64{std[0] * x, std[1] * (r01*x + s01*y), std[2] * (r02*x + l21*y + l22*z)})
	}
}

// ends returns the ends of the chord on which the linear function with these values
// in the corners of the triangle of legs 1 and .7 is zero, as shares of the three
// corners; ok is false if there is none.
func ends(f [3]float64) (chord [2][3]float64, ok bool) {
	n := 0
	for i := range 3 {
		j := (i + 1) % 3
		if (f[i] >= 0) != (f[j] >= 0) {
			u := f[i] / (f[i] - f[j])
			chord[n][i], chord[n][j] = 1-u, u
			n++
		}
	}
	return chord, n == 2
}

func lengthOf(chord [2][3]float64) float64 {
	return math.Hypot(chord[1][1]-chord[0][1], .7*(chord[1][2]-chord[0][2]))
}

// estimate returns the mean of values and its standard error.
func estimate(values []float64) (mean, se float64) {
	var squares float64
	for _, v := range values {
		mean += v / float64(len(values))
		squares += v * v / float64(len(values))
	}
	return mean, math.Sqrt((squares - mean*mean) / float64(len(values)))
}

func TestExpectedChordSimulated(t *testing.T) {
	for _, c := range triples {
		t.Run(c.name, func(t *testing.T) {
			var lengths []float64
			c.simulate(200_000, func(f [3]float64) {
				var length float64
				if chord, ok := ends(f); ok {
					length = lengthOf(chord)
				}
				lengths = append(lengths, length)
			})
			mean, se := estimate(lengths)
			got := ExpectedChord(1, .7, c.variance, c.angle)
			if !(se > 0) || math.Abs(got.Value-mean) > 4*se+got.Error {
				t.Errorf("%v, want %.6f ± %.6f", got, mean, se)
			}
		})
	}
}

// The boundary between the classes of C linear interpolants is ClassChangeRate(C)
// times as long as the chord of one.
func TestBoundaryOfManyOutputsSimulated(t *testing.T) {
	for _, outputs := range []int{2, 3, 6} {
		for _, c := range triples[:4] {
			var lengths []float64
			var f [][3]float64
			c.simulate(60_000*outputs, func(g [3]float64) {
				if f = append(f, g); len(f) == outputs {
					lengths = append(lengths, envelopeLength(f))
					f = f[:0]
				}
			})
			mean, se := estimate(lengths)
			want := ClassChangeRate(outputs).Value * ExpectedChord(1, .7, c.variance, c.angle).Value
			if !(se > 0) || math.Abs(want-mean) > 4*se {
				t.Errorf("%d outputs, %s: %.6f, want %.6f ± %.6f", outputs, c.name, want, mean, se)
			}
		}
	}
}

// envelopeLength returns the length of the edges of the upper envelope of linear
// functions: of the chord on which two are equal, what no other cuts off.
func envelopeLength(f [][3]float64) (length float64) {
	at := func(f [3]float64, x [3]float64) float64 { return f[0]*x[0] + f[1]*x[1] + f[2]*x[2] }
	for i := range f {
		for j := range i {
			chord, ok := ends([3]float64{f[i][0] - f[j][0], f[i][1] - f[j][1], f[i][2] - f[j][2]})
			if !ok {
				continue
			}
			from, to := 0., 1.
			for k := range f {
				if k == i || k == j {
					continue
				}
				a, b := at(f[i], chord[0])-at(f[k], chord[0]), at(f[i], chord[1])-at(f[k], chord[1])
				switch {
				case a < 0 && b < 0:
					to = 0
				case a < 0:
					from = max(from, a/(a-b))
				case b < 0:
					to = min(to, a/(a-b))
				}
			}
			length += max(to-from, 0) * lengthOf(chord)
		}
	}
	return length
}

// The mirror image has the same chord, a scaled field too, and a larger triangle
// a longer one.
func TestExpectedChordSymmetries(t *testing.T) {
	for _, c := range triples {
		want := ExpectedChord(1, .7, c.variance, c.angle)
		if want.Error > 1e-9*want.Value && c.name != "correlations near -1/2" {
			t.Errorf("%s: the error of %v is too large", c.name, want)
		}
		v, a := c.variance, c.angle
		for name, got := range map[string]float64{
			"mirrored":     ExpectedChord(.7, 1, [3]float64{v[0], v[2], v[1]}, [3]float64{a[1], a[0], a[2]}).Value,
			"field scaled": ExpectedChord(1, .7, [3]float64{9 * v[0], 9 * v[1], 9 * v[2]}, a).Value,
			"grown":        ExpectedChord(2, 1.4, v, a).Value / 2,
		} {
			if math.Abs(got-want.Value) > 2*want.Error {
				t.Errorf("%s, %s: %.16g, want %.16g", c.name, name, got, want.Value)
			}
		}
	}
}

// The chords' Error holds: a much finer rule stays within.
func TestExpectedChordError(t *testing.T) {
	fine := legendreRule(160)
	for _, c := range append([]triple{
		{"opposite ends", equal, [3]float64{3, .1, 3.05}},
		{"a plane through the corner", [3]float64{1e-12, 1, 1}, [3]float64{1, 1, 1}},
	}, triples...) {
		got, chord := ExpectedChord(1, .7, c.variance, c.angle), newChord(1, .7, c.variance, c.angle)
		if want := chord.integrate(fine); math.Abs(got.Value-want) > got.Error {
			t.Errorf("%s: %v, with 160 nodes %.16g", c.name, got, want)
		}
	}
}

func TestExpectedChordWithoutOne(t *testing.T) {
	for name, v := range map[string][3]float64{"f ≡ 0": {0, 0, 0}, "zero along a leg": {0, 1, 0}} {
		if got := ExpectedChord(1, 1, v, equal); got.Value != 0 {
			t.Errorf("%s: %v, want 0", name, got)
		}
	}
	if got := ExpectedChord(1, 1, equal, [3]float64{}); got.Value != 0 {
		t.Errorf("a constant field: %v, want 0", got)
	}
}

func BenchmarkExpectedChord(b *testing.B) {
	for b.Loop() {
		sink = ExpectedChord(.02, .02, equal, [3]float64{.02, .022, .03}).Value
	}
}
