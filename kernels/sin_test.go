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
				// NaN anywhere, beside it, and in the same lane of an earlier vector.
				for _, other := range []int{r.IntN(n), (at + 1) % n, at % 8, at % 16, at % 24, at % 48} {
					x, whole := guarded(n, draw)
					x[other] = nan
					x[at] = []float32{sinLimit + 0.015625, -1e6, 1e30, -3e38}[r.IntN(4)]
					want := make([]float32, n)
					sinGeneric(want, x)
					Sin(x, x)
					if !slices.EqualFunc(x, want, sameBits) {
						t.Fatalf("n=%d, NaN at %d, element %d beyond the limit: got %v, want %v", n, other, at, x, want)
					}
					checkGuards(t, "x", whole)
				}
			}
		}
	})
}
