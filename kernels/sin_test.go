package kernels

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// One element beyond the limit sends its block through float64: wherever it is,
// with NaN before or after it, and in place, the others keep their bits.
func TestSinBeyondLimit(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	draw := func() float32 { return float32(10 * r.NormFloat64()) }
	eachPath(t, func(t *testing.T) {
		for _, n := range []int{1, 7, 8, 9, 23, 24, 25, 63, 64, 65, 130, 200} {
			for at := range n {
				x, whole := guarded(n, draw)
				x[r.IntN(n)] = nan
				x[at] = []float32{sinLimit + 0.015625, -1e6, 1e30, inf}[at%4]
				if n > 1 && at%3 == 0 {
					x[(at+1)%n] = nan
				}
				want := make([]float32, n)
				sinGeneric(want, x)
				Sin(x, x)
				if !slices.EqualFunc(x, want, sameBits) {
					t.Fatalf("n=%d, element %d beyond the limit: got %v, want %v", n, at, x, want)
				}
				checkGuards(t, "x", whole)
			}
		}
	})
}
