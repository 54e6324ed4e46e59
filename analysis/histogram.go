package analysis

import (
	"maps"
	"math"
	"slices"
)

// histogram counts how often each value occurs. Its memory grows with the
// number of different values, not with the number of values.
type histogram map[float64]int64

// total returns the number of values.
func (h histogram) total() int64 {
	var n int64
	for _, times := range h {
		n += times
	}
	return n
}

// quantiles returns the quantiles at the given probabilities by linear
// interpolation between order statistics: type 7 of Hyndman and Fan (The
// American Statistician 50, 1996), the default of NumPy, pandas and R. With the
// values sorted, x[0] to x[n-1], the quantile at p is that at position
// (n-1)·p. All are 0 for an empty histogram.
func (h histogram) quantiles(probabilities ...float64) []float64 {
	values := slices.Sorted(maps.Keys(h))
	var n int64
	reached := make([]int64, len(values)) // number of values up to and including each
	for i, v := range values {
		n += h[v]
		reached[i] = n
	}
	quantiles := make([]float64, len(probabilities))
	if n == 0 {
		return quantiles
	}
	order := func(k int64) float64 { // x[k]: the first value reached by more than k
		i, _ := slices.BinarySearch(reached, k+1)
		return values[i]
	}
	for i, p := range probabilities {
		whole, part := math.Modf(float64(p * float64(n-1)))
		low := order(int64(whole))
		quantiles[i] = low
		if part > 0 {
			quantiles[i] = low + float64(part*(order(int64(whole)+1)-low))
		}
	}
	return quantiles
}

// coarse rounds x ≥ 0 to 17 significant bits, a relative error of at most 2⁻¹⁷.
// Whole numbers up to 2¹⁷ stay as they are.
func coarse(x float64) float64 {
	const dropped = 52 - 16
	bits := math.Float64bits(x) + 1<<(dropped-1)
	return math.Float64frombits(bits >> dropped << dropped)
}
