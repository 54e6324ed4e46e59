package kernels

import (
	"math"
	"math/big"
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

// At the multiples of π nearly all digits cancel: of the operations every rounding
// is seen.
func TestSinNearMultiplesOfPi(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	draw := func() float32 { return float32(float64(r.IntN(80_000)-40_000) * math.Pi) }
	eachPath(t, func(t *testing.T) {
		for n := range 201 {
			x, xWhole := guarded(n, draw)
			y, yWhole := guarded(n, draw)
			want := make([]float32, n)
			sinGeneric(want, x)
			Sin(y, x)
			for i := range x {
				if !sameBits(y[i], want[i]) {
					t.Fatalf("n=%d: Sin(%v) = %x at %d, want %x", n, x[i], y[i], i, want[i])
				}
			}
			checkGuards(t, "x", xWhole)
			checkGuards(t, "y", yWhole)
		}
	})
}

// nearest returns the float64 nearest to x.
func nearest(x *big.Float) float64 {
	f, _ := x.Float64()
	return f
}

func TestTwoOverPi(t *testing.T) {
	x := bigQuo(bigFloat(2), bigPi)
	for i, got := range twoOverPi[1:] {
		x = bigMul(x, bigFloat(0x1p64))
		word, _ := x.Int(nil)
		x = bigSub(x, new(big.Float).SetPrec(precision).SetInt(word))
		if want := word.Uint64(); got != want {
			t.Errorf("word %d of 2/π is %#x, want %#x", i, got, want)
		}
	}
}

// The documented errors of the float64 building blocks, against math/big.
func TestBuildingBlocks(t *testing.T) {
	for _, tt := range []struct {
		name      string
		f         func(float64) float64
		reference func(*big.Float) *big.Float
		low, high float64
		bound     float64
	}{
		{"cosSmall", cosSmall, bigCos, -math.Pi / 4, math.Pi / 4, 0x1p-51},
		{"sinSmall", sinSmall, bigSin, -math.Pi / 4, math.Pi / 4, 0x1p-51},
	} {
		t.Run(tt.name, func(t *testing.T) {
			const n = 400
			worst := 0.0
			for i := range n + 1 {
				x := tt.low + (tt.high-tt.low)*(float64(i)+0.1234)/(n+1)
				want := tt.reference(bigFloat(x))
				e := math.Abs(nearest(bigQuo(bigSub(bigFloat(tt.f(x)), want), want)))
				worst = max(worst, e)
			}
			t.Logf("maximum relative error 2^%.2f", math.Log2(worst))
			if !(worst <= tt.bound) {
				t.Errorf("relative error %g, want at most %g", worst, tt.bound)
			}
		})
	}
}

// The rest modulo π/2 of arguments of every size, and of the float32 that comes
// nearest to a multiple of π/2 (Muller, "Elementary Functions", 2nd ed., table
// 10.1): the lower word of the product gives most of its digits.
func TestReduce(t *testing.T) {
	xs := []float32{math.Pi / 4, 1, 2, 3, 22, 355, 1e10, 16367173 * 0x1p72, math.MaxFloat32}
	for e := range 128 {
		xs = append(xs, float32(math.Ldexp(1.2345678, e)))
	}
	quarter := bigQuo(bigPi, bigFloat(2))
	for _, x := range xs {
		n := bigRound(bigQuo(bigFloat(float64(x)), quarter))
		want := bigSub(bigFloat(float64(x)), bigMul(new(big.Float).SetPrec(precision).SetInt(n), quarter))
		quadrant, r := reduce(x)
		if quadrant%4 != uint64(n.Bit(0)|n.Bit(1)<<1) {
			t.Errorf("reduce(%v): quadrant %d, want %v mod 4", x, quadrant, n)
		}
		if e := math.Abs(nearest(bigQuo(bigSub(bigFloat(r), want), want))); !(e <= 0x1p-51) {
			t.Errorf("reduce(%v): rest %v, relative error %g", x, r, e)
		}
	}
}
