package kernels

import (
	"fmt"
	"math"
)

//go:generate go -C _gen run . -family differences -out ../differences_amd64.s -stubs ../differences_stubs_amd64.go -pkg kernels

// Differences returns the sum and the largest of |b - a|.
//
//	a, b [n]  may overlap: neighbours on a line are x[:n] and x[1:], on a grid
//	          one row and the next
//
// A difference is rounded to float32, and limited to the largest finite one, so
// that finite fields give finite results. Relative to the exact one it is off by
// at most 2⁻²⁴ where that limit is not met. The sum is float64, in the 16 lanes
// of [Range], where γ(⌈n/16⌉+3) of itself is added to the error. If any
// difference is NaN so are both; of empty slices both are 0. It panics unless
// both slices have one length.
func Differences(a, b []float32) (sum float64, largest float32) {
	if len(b) != len(a) {
		panic(fmt.Sprintf("kernels: Differences: len(b) = %d, want len(a) = %d", len(b), len(a)))
	}
	return differences(a, b)
}

func differencesGeneric(a, b []float32) (sum float64, largest float32) {
	b = b[:len(a)]
	var s lanes
	var highest uint32
	for i, v := range a {
		d := limited(b[i] - v)
		highest = max(highest, d)
		s[i%len(s)] += float64(math.Float32frombits(d))
	}
	return s.sum(), math.Float32frombits(highest)
}

// limited returns the bits of |d|, or of math.MaxFloat32 if d is infinite.
func limited(d float32) uint32 {
	b := magnitude(d)
	if b == infinity {
		return infinity - 1
	}
	return b
}

// infinity is the bits of +Inf, one above those of math.MaxFloat32.
const infinity = 0x7f800000

// SecondDifferences returns Σ((a - b) + (c - b))².
//
//	a, b, c [n]  may overlap: on a line x[:n], x[k:n+k], x[2k:n+2k]
//
// Both differences and their sum d are rounded to float32, so |d - exact| is at
// most 2⁻²⁴·(|a-b| + |c-b| + |d|), nearly, and |d| is limited to the largest
// finite float32. Infinities of both signs cannot meet for finite arguments: if
// a - b overflows then b has the other sign, and c - b has the sign of a - b or
// is finite. The squares are exact in float64, and are added in the 16 lanes of
// [Range]: another γ(⌈n/16⌉+3) of the result. NaN propagates. It is 0 for empty
// slices and panics unless all have one length.
func SecondDifferences(a, b, c []float32) float64 {
	if len(b) != len(a) || len(c) != len(a) {
		panic(fmt.Sprintf("kernels: SecondDifferences: len(b), len(c) = %d, %d, want len(a) = %d",
			len(b), len(c), len(a)))
	}
	return secondDifferences(a, b, c)
}

func secondDifferencesGeneric(a, b, c []float32) float64 {
	b, c = b[:len(a)], c[:len(a)]
	var s lanes
	for i, v := range b {
		d := float64(math.Float32frombits(limited((a[i] - v) + (c[i] - v))))
		s[i%len(s)] += float64(d * d)
	}
	return s.sum()
}
