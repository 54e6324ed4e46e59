package theory

import (
	"math"
	"testing"
)

func TestMeanNorm(t *testing.T) {
	for _, tt := range []struct {
		name    string
		a, b, c float64
		want    float64
	}{
		{"round: Rayleigh's √(π/2)", 4, 0, 4, 2 * math.Sqrt(math.Pi/2)},
		{"one axis: E|z| = √(2/π)", 9, 0, 0, 3 * math.Sqrt(2/math.Pi)},
		{"along the diagonal: variance 2", 1, 1, 1, 2 / math.Sqrt(math.Pi)},
		{"nothing", 0, 0, 0, 0},
		{"large", 1e300, 0, 1e300, 1e150 * math.Sqrt(math.Pi/2)},
		{"small", 1e-300, 0, 1e-300, 1e-150 * math.Sqrt(math.Pi/2)},
		{"indefinite by rounding", 1, 1 + 0x1p-49, 1, 2 / math.Sqrt(math.Pi)},
		{"no variance", -1, 0, 1, math.NaN()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := MeanNorm(tt.a, tt.b, tt.c)
			if math.Abs(got-tt.want) > 1e-13*tt.want || math.IsNaN(got) != math.IsNaN(tt.want) {
				t.Errorf("MeanNorm(%g, %g, %g) = %.16g, want %.16g", tt.a, tt.b, tt.c, got, tt.want)
			}
		})
	}
}

// A determinant that rounding made larger than equal eigenvalues have.
func TestMeanNormOfARoundedDeterminant(t *testing.T) {
	if got, want := meanNorm(1, 0, 1+0x1p-51), math.Sqrt(math.Pi/2); math.Abs(got/want-1) > 1e-13 {
		t.Errorf("%.16g, want %.16g", got, want)
	}
}

// The mean over directions of the root of the quadratic form, by the trapezoid
// rule, which converges geometrically for periodic functions, in a basis turned
// by every angle.
func TestMeanNormOverDirections(t *testing.T) {
	for _, λ := range []float64{1, .9, .5, .1, .01, 1e-4} {
		const n = 8192
		var want float64
		for k := range n {
			sin, cos := math.Sincos(2 * math.Pi * (float64(k) + .5) / n)
			want += math.Sqrt(cos*cos+λ*sin*sin) / n
		}
		want *= math.Sqrt(math.Pi / 2)
		for turn := 0.; turn < math.Pi; turn += .1 {
			sin, cos := math.Sincos(turn)
			got := MeanNorm(cos*cos+λ*sin*sin, (1-λ)*sin*cos, sin*sin+λ*cos*cos)
			if math.Abs(got/want-1) > 1e-13 {
				t.Errorf("variances 1 and %g turned by %g: %.16g, want %.16g", λ, turn, got, want)
			}
		}
	}
}
