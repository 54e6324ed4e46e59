package kernels

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Every path of the piecewise linear activations against portable Go, at every
// length, in place and not, special values included.
func TestLinearPaths(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	specials := []float32{0, negZero, inf, -inf, nan, math.MaxFloat32, -math.MaxFloat32, 0x1p-149, -0x1p-149, -0x1p-126}
	draw := func() float32 {
		if r.IntN(2) == 0 {
			return specials[r.IntN(len(specials))]
		}
		return float32(r.NormFloat64())
	}
	for _, a := range []struct {
		name       string
		f, generic func(y, x []float32)
	}{
		{"relu", ReLU, reluGeneric},
		{"leaky_relu", LeakyReLU, leakyReLUGeneric},
		{"step", Step, stepGeneric},
	} {
		t.Run("f="+a.name, func(t *testing.T) {
			eachPath(t, func(t *testing.T) {
				for n := range 201 {
					x, xWhole := guarded(n, draw)
					y, yWhole := guarded(n, draw)
					want := make([]float32, n)
					a.generic(want, x)
					a.f(y, x)
					a.f(x, x)
					checkGuards(t, "x", xWhole)
					checkGuards(t, "y", yWhole)
					for i := range want {
						if !sameBits(y[i], want[i]) || !sameBits(x[i], want[i]) {
							t.Fatalf("n=%d: y[%d] = %x, in place %x, want %x", n, i, y[i], x[i], want[i])
						}
					}
				}
			})
		})
	}
}
