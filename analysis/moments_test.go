package analysis

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"nodal/schema"
)

// exactMoments returns mean and standard error in 400-bit arithmetic.
func exactMoments(x []float64) (mean, standardError float64) {
	exact := func(v float64) *big.Float { return new(big.Float).SetPrec(400).SetFloat64(v) }
	n, sum, squares := exact(float64(len(x))), exact(0), exact(0)
	for _, v := range x {
		sum.Add(sum, exact(v))
	}
	m := exact(0).Quo(sum, n)
	for _, v := range x {
		d := exact(v)
		d.Sub(d, m)
		squares.Add(squares, d.Mul(d, d))
	}
	mean, _ = m.Float64()
	if len(x) > 1 {
		squares.Quo(squares, n).Quo(squares, exact(float64(len(x)-1)))
		standardError, _ = squares.Sqrt(squares).Float64()
	}
	return mean, standardError
}

func TestHistogramMoments(t *testing.T) {
	rng := rand.New(rand.NewPCG(14, 14))
	for _, tt := range []struct {
		name string
		n    int
		draw func() float64
	}{
		{"one", 1, func() float64 { return 7 }},
		{"all equal", 1000, func() float64 { return 3 }},
		{"few values", 100_000, func() float64 { return float64(rng.IntN(3)) }},
		{"counts", 100_000, func() float64 { return math.Floor(20 * rng.ExpFloat64()) }},
		{"far from zero", 10_000, func() float64 { return 0x1p52 + float64(rng.IntN(2)) }},
		{"squares beyond int64", 1000, func() float64 { return float64(rng.Int64N(1 << 53)) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h, x := histogram{}, make([]float64, tt.n)
			for i := range x {
				x[i] = tt.draw()
				h[x[i]]++
			}
			mean, standardError := h.moments()
			wantMean, wantError := exactMoments(x)
			if mean != wantMean {
				t.Errorf("mean %v, want %v", mean, wantMean)
			}
			if math.Abs(standardError-wantError) > 0x1p-52*wantError {
				t.Errorf("standard error %v, want %v within 2⁻⁵²", standardError, wantError)
			}
		})
	}
}

// Sums of counts that no int64 holds.
func TestHistogramMomentsBeyondInt64(t *testing.T) {
	h := histogram{0x1p53: 1 << 62, 0: 1 << 62}
	if mean, _ := h.moments(); mean != 0x1p52 {
		t.Errorf("mean %v, want 2⁵²", mean)
	}
}

// What a plain sum loses, whichever of two terms is the larger.
func TestCompensated(t *testing.T) {
	for _, x := range [][]float64{{1, 1e100, 1, -1e100}, {1e100, 1, -1e100, 1}, {1e100, -1e100, 2}} {
		var sum Sum
		for _, v := range x {
			sum.Add(v)
		}
		if sum.Value() != 2 {
			t.Errorf("sum of %v = %v, want 2", x, sum.Value())
		}
	}
}

// The errors that the comment of running promises. A plain running mean is off
// by hundreds of units.
func TestRunningMoments(t *testing.T) {
	const u = 0x1p-53
	rng := rand.New(rand.NewPCG(15, 15))
	for _, tt := range []struct {
		name string
		n    int
		draw func(i int) float64
	}{
		{"one", 1, func(int) float64 { return .1 }},
		{"all equal", 1000, func(int) float64 { return .1 }},
		{"uniform", 300_000, func(int) float64 { return rng.Float64() }},
		{"offset", 300_000, func(int) float64 { return 1000 + rng.Float64() }},
		{"outlier first", 100_000, func(i int) float64 {
			if i == 0 {
				return 1e12
			}
			return rng.Float64()
		}},
		{"outlier last", 100_000, func(i int) float64 {
			if i == 99_999 {
				return 1e12
			}
			return rng.Float64()
		}},
		{"wide", 100_000, func(int) float64 { return math.Exp(20 * rng.NormFloat64()) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r running
			x := make([]float64, tt.n)
			for i := range x {
				x[i] = tt.draw(i)
				r.add(x[i])
			}
			mean, standardError := r.moments()
			wantMean, wantError := exactMoments(x)
			if bound := 4 * u * wantMean; math.Abs(mean-wantMean) > bound { // all values are positive
				t.Errorf("mean %v, want %v within %v: off by %.1f units", mean, wantMean, bound, math.Abs(mean-wantMean)/u/wantMean)
			}
			bound := 8 * u * (wantError + wantMean/math.Sqrt(float64(tt.n)))
			if math.Abs(standardError-wantError) > bound {
				t.Errorf("standard error %v, want %v within %v", standardError, wantError, bound)
			}
		})
	}
}

// Regions are crossings + 1 on a line, and so are their means: 18,291 crossings
// of 20,000 networks lie between 0.9145 and 0.9146 so closely that a unit of
// error in one of the two would show.
func TestMeansOfCountsAgree(t *testing.T) {
	rng := rand.New(rand.NewPCG(16, 16))
	rows := make([]schema.Row, 20_000)
	for range 18_291 {
		rows[rng.IntN(len(rows))].Crossings++
	}
	for i := range rows {
		rows[i].Status = schema.StatusOK
		rows[i].Regions = rows[i].Crossings + 1
	}
	table, err := Summarize(batches(rows, 512), nil)
	if err != nil {
		t.Fatal(err)
	}
	crossings, regions := table.Groups[0].Statistics[0], table.Groups[0].Statistics[1]
	if crossings.Mean != .91455 || regions.Mean != 1.91455 || regions.StandardError != crossings.StandardError {
		t.Errorf("crossings %v ± %v, regions %v ± %v, want .91455 and 1.91455 with the same error",
			crossings.Mean, crossings.StandardError, regions.Mean, regions.StandardError)
	}
}
