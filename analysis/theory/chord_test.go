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

func TestExpectedChordSimulated(t *testing.T) {
	const draws = 200_000
	corner := [3][2]float64{{0, 0}, {1, 0}, {0, .7}}
	for _, c := range triples {
		t.Run(c.name, func(t *testing.T) {
			var sum, squares float64
			c.simulate(draws, func(f [3]float64) {
				var ends [][2]float64
				for i := range 3 {
					j := (i + 1) % 3
					if (f[i] >= 0) == (f[j] >= 0) {
						continue
					}
					u := f[i] / (f[i] - f[j])
					ends = append(ends, [2]float64{
						corner[i][0] + u*(corner[j][0]-corner[i][0]),
						corner[i][1] + u*(corner[j][1]-corner[i][1]),
					})
				}
				if len(ends) == 2 {
					length := math.Hypot(ends[1][0]-ends[0][0], ends[1][1]-ends[0][1])
					sum, squares = sum+length, squares+length*length
				}
			})
			mean := sum / draws
			se := math.Sqrt((squares/draws - mean*mean) / draws)
			got := ExpectedChord(1, .7, c.variance, c.angle)
			if math.Abs(got.Value-mean) > 4*se+got.Error || !(se > 0) {
				t.Errorf("%v, want %.6f ± %.6f", got, mean, se)
			}
		})
	}
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
