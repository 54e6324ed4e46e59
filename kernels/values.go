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
// A zero is given as +0, and NaN lies beyond the infinity of its sign, so that
// low and high do not depend on the order; of an empty slice they are +Inf and
// -Inf. The sum is float64, in 16 lanes: element i is added to lane i mod 16, and
// then lane l+8 to lane l, l+4, l+2 and l+1. It is off by at most
// γ(⌈n/16⌉+3)·Σ|x|, γ(m) = m·u/(1-m·u), u = 2⁻⁵³, and finite if and only if every
// value is.
func Range(x []float32) (low, high float32, sum float64) {
	if len(x) == 0 {
		return float32(math.Inf(1)), float32(math.Inf(-1)), 0
	}
	low, high, sum = valueRange(x)
	return low + 0, high + 0, sum // -0 + 0 = +0
}

// valueRangeGeneric is Range but for zeros and an empty slice.
func valueRangeGeneric(x []float32) (low, high float32, sum float64) {
	least, greatest := rank(x[0]), rank(x[0])
	for _, v := range x {
		least, greatest = min(least, rank(v)), max(greatest, rank(v))
	}
	var s lanes // in a loop of its own, which takes less time
	for i, v := range x {
		s[i%len(s)] += float64(v)
	}
	return unrank(least), unrank(greatest), s.sum()
}

// rank numbers the float32 in increasing order, -0 before +0 and NaN at both
// ends: bits with a sign are in reverse order.
func rank(v float32) int32 {
	b := int32(math.Float32bits(v))
	return b ^ b>>31&math.MaxInt32
}

// unrank is the inverse of rank.
func unrank(r int32) float32 { return math.Float32frombits(uint32(r ^ r>>31&math.MaxInt32)) }

// SquaredDeviations returns Σ(x - center)².
//
// Differences are rounded to float64; their squares are added in the 16 lanes of
// [Range] by fused multiply-adds. For |center| up to the largest |x| nothing
// overflows, and the result is off by at most γ(⌈n/16⌉+5) times itself, but for
// squares below 2⁻¹⁰²². NaN and Inf propagate. It is 0 for an empty slice.
func SquaredDeviations(x []float32, center float64) float64 {
	return squaredDeviations(x, center)
}

func squaredDeviationsGeneric(x []float32, center float64) float64 {
	var s lanes
	for i, v := range x {
		d := float64(v) - center
		s[i%len(s)] = math.FMA(d, d, s[i%len(s)])
	}
	return s.sum()
}

// SumMin returns the sum and the least of |x|, which for margins, never
// negative, are those of x.
//
// The least is exact, NaN left aside, and +Inf if there is no number in x. The
// sum is float64, in the 16 lanes of [Range] with the error bound given there,
// and finite if and only if every value is.
func SumMin(x []float32) (sum float64, least float32) {
	return sumMin(x)
}

func sumMinGeneric(x []float32) (sum float64, least float32) {
	lowest := uint32(infinity)
	for _, v := range x {
		lowest = min(lowest, magnitude(v))
	}
	var s lanes // in a loop of its own, which takes less time
	for i, v := range x {
		s[i%len(s)] += float64(math.Float32frombits(magnitude(v)))
	}
	return s.sum(), math.Float32frombits(lowest)
}

// Describe returns what [Range] and [SumMin] do, from one pass over x, which takes
// about three quarters of the time.
func Describe(x []float32) (low, high float32, sum float64, least float32, sumAbs float64) {
	if len(x) == 0 {
		return describeGeneric(x)
	}
	low, high, sum, least, sumAbs = describe(x)
	return low + 0, high + 0, sum, least, sumAbs // as Range
}

func describeGeneric(x []float32) (low, high float32, sum float64, least float32, sumAbs float64) {
	low, high, sum = Range(x)
	sumAbs, least = SumMin(x)
	return low, high, sum, least, sumAbs
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
