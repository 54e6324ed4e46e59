package theory

import (
	"math"
	"testing"
)

func TestFit(t *testing.T) {
	cubic := func(x float64) float64 { return 1 - x + 2*x*x*x }
	p, close := fit(cubic, -1, 3)
	if !close || p.off > 1e-12 {
		t.Errorf("a cubic is off by %g", p.off)
	}
	for _, x := range []float64{-1, -.3, 1, 2.9, 3} {
		near(t, "cubic", p.at(x), cubic(x), 1e-13)
	}
	if p, close := fit(math.Abs, -1, 2); close {
		t.Errorf("a kink is off by %g", p.off)
	}
}

// In panels the root is found, down to a panel at 0.
func TestInterpolate(t *testing.T) {
	i := interpolate(math.Sqrt, 0, 4)
	if len(i) < 5 || len(i) > 101 {
		t.Errorf("%d panels", len(i))
	}
	for _, x := range []float64{1e-3, .1, 1, 2, 3.3, 4} {
		near(t, "√", i.at(x), math.Sqrt(x), 1e-8)
	}
}

func TestIntegrate(t *testing.T) {
	for _, tt := range []struct {
		name     string
		f        func(float64) float64
		from, to float64
		want     float64
	}{
		{"polynomial", func(x float64) float64 { return 3 * x * x }, 1, 2, 7},
		{"peak", func(x float64) float64 { return 1e-3 / (x*x + 1e-6) }, -1, 2, math.Atan(1e3) + math.Atan(2e3)},
		{"peak at the right end", func(x float64) float64 { return 1e-9 / (x*x + 1e-18) }, -1, 0, math.Atan(1e9)},
		{"root", func(x float64) float64 { return 1 / math.Sqrt(math.Abs(x)) }, 0, 4, 4},
		{"nothing", func(x float64) float64 { return 1e-17 * math.Sin(1e9*x) }, 0, 1, 0},
	} {
		got := integrate(tt.f, tt.from, tt.to, 1)
		if off := math.Abs(got.Value - tt.want); off > got.Error+1e-15 || off > 1e-5 || tt.name == "peak" && off > 1e-9 {
			t.Errorf("%s: %.12g ± %.2g, want %.12g", tt.name, got.Value, got.Error, tt.want)
		}
	}
}
