package analysis

import (
	"math"
	"math/rand/v2"
	"testing"
)

// What numpy.quantile says.
func TestQuantiles(t *testing.T) {
	for _, tt := range []struct {
		name   string
		values []float64
		want   []float64
	}{
		{"none", nil, []float64{0, 0, 0}},
		{"one", []float64{3}, []float64{3, 3, 3}},
		{"two", []float64{1, 2}, []float64{1.05, 1.5, 1.95}},
		{"squares", []float64{0, 1, 4, 9, 16, 25, 36, 49, 64, 81, 100}, []float64{.5, 25, 90.5}},
		{"many equal", []float64{5, 5, 5, 5, 5, 5, 5, 9}, []float64{5, 5, 7.6}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := histogram{}
			for _, v := range tt.values {
				h[v]++
			}
			got := h.quantiles(.05, .5, .95)
			for i := range got {
				if !near(got[i], tt.want[i]) {
					t.Errorf("quantiles of %v = %v, want %v", tt.values, got, tt.want)
				}
			}
		})
	}
}

func TestCoarse(t *testing.T) {
	for _, x := range []float64{0, 1, 2, .75, 65535, 131072, 0x1p-149} {
		if got := coarse(x); got != x {
			t.Errorf("coarse(%v) = %v, want it unchanged", x, got)
		}
	}
	rng := rand.New(rand.NewPCG(12, 12))
	var worst float64
	for range 100000 {
		x := math.Ldexp(1+rng.Float64(), rng.IntN(250)-130)
		worst = max(worst, math.Abs(coarse(x)-x)/x)
	}
	if worst > 0x1p-17 || worst < 0x1p-18 {
		t.Errorf("coarse is off by up to %v, want at most 2⁻¹⁷ = %v, and close to it", worst, 0x1p-17)
	}
	if a, b := coarse(1), coarse(math.Nextafter(2, 1)); a != 1 || b != 2 {
		t.Errorf("coarse of 1 and just below 2 = %v, %v, want 1, 2", a, b)
	}
}
