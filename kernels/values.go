package kernels

import "math"

//go:generate go -C _gen run . -family values -out ../values_amd64.s -stubs ../values_stubs_amd64.go -pkg kernels

// MaxAbs returns the largest absolute value of x, exactly, and 0 for an empty
// slice. If any value is NaN so is the result, else if any is infinite it is
// +Inf: without their sign, float32 bit patterns are ordered as numbers, with
// infinity and then NaN on top.
func MaxAbs(x []float32) float32 {
	return maxAbs(x)
}

func maxAbsGeneric(x []float32) float32 {
	var m0, m1, m2, m3 uint32 // four, so that no maximum waits for the last
	for ; len(x) >= 4; x = x[4:] {
		m0, m1 = max(m0, magnitude(x[0])), max(m1, magnitude(x[1]))
		m2, m3 = max(m2, magnitude(x[2])), max(m3, magnitude(x[3]))
	}
	for _, v := range x {
		m0 = max(m0, magnitude(v))
	}
	return math.Float32frombits(max(m0, m1, m2, m3))
}

// magnitude returns the bits of v without its sign.
func magnitude(v float32) uint32 { return math.Float32bits(v) &^ (1 << 31) }

// Range returns the least, the greatest and the sum of x.
//
// NaN is neither least nor greatest, and a zero is given as +0, so that low and
// high do not depend on the order. They are +Inf and -Inf if there is no number
// in x. The sum is float64, in 16 lanes: element i is added to lane i mod 16, and
// then lane l+8 to lane l, l+4, l+2, l+1. It is off by at most
// γ(⌈n/16⌉+3)·Σ|x|, γ(m) = m·u/(1-m·u), u = 2⁻⁵³, never overflows for finite x,
// and is NaN if any x is.
func Range(x []float32) (low, high float32, sum float64) {
	low, high, sum = valueRange(x)
	return low + 0, high + 0, sum // -0 + 0 = +0
}

func valueRangeGeneric(x []float32) (low, high float32, sum float64) {
	low, high = float32(math.Inf(1)), float32(math.Inf(-1))
	var s lanes
	for i, v := range x {
		if v < low {
			low = v
		}
		if v > high {
			high = v
		}
		s[i%len(s)] += float64(v)
	}
	return low, high, s.sum()
}

// SquaredDeviations returns Σ(x - center)².
//
// Differences and squares are rounded to float64 and added in the 16 lanes of
// [Range]. For |center| up to the largest |x| nothing overflows, and the result
// is off by at most γ(⌈n/16⌉+6) times itself, but for squares below 2⁻¹⁰²². NaN
// and Inf propagate. It is 0 for an empty slice.
func SquaredDeviations(x []float32, center float64) float64 {
	return squaredDeviations(x, center)
}

func squaredDeviationsGeneric(x []float32, center float64) float64 {
	var s lanes
	for i, v := range x {
		d := float64(v) - center
		s[i%len(s)] += float64(d * d)
	}
	return s.sum()
}

// SumMin returns the sum and the least of |x|, which for margins, never
// negative, are those of x.
//
// The least is exact, NaN left aside, and +Inf if there is no number in x. The
// sum is float64, in the 16 lanes of [Range] with the error bound given there,
// and NaN if any x is.
func SumMin(x []float32) (sum float64, least float32) {
	return sumMin(x)
}

func sumMinGeneric(x []float32) (sum float64, least float32) {
	least = float32(math.Inf(1))
	var s lanes
	for i, v := range x {
		v = math.Float32frombits(magnitude(v))
		if v < least {
			least = v
		}
		s[i%len(s)] += float64(v)
	}
	return s.sum(), least
}

// CountZeros returns how many values of x are +0 or -0.
func CountZeros(x []float32) int {
	return countZeros(x)
}

func countZerosGeneric(x []float32) int {
	n := 0
	for _, v := range x {
		if v == 0 {
			n++
		}
	}
	return n
}
