package kernels

import "math"

// FMA returns x·y + z rounded once to float32, to nearest with ties to even,
// as a hardware fused multiply-add does, for all arguments: subnormals,
// overflow, infinities and NaN included.
//
// The float64 product of two float32 is exact (24 + 24 ≤ 53 bits), so the
// float64 sum is rounded once, and only its conversion to float32 can go wrong
// by rounding a second time. See [doubtful] for when that may happen and
// [roundToOdd] for what is done about it. A compiler that fuses the
// multiplication and the addition changes nothing.
func FMA(x, y, z float32) float32 {
	p := float64(x) * float64(y)
	s := p + float64(z)
	if doubtful(s, halfway) {
		s = roundToOdd(p, float64(z))
	}
	return float32(s)
}

const (
	dropped = 1<<29 - 1          // the bits of a float64 that a normal float32 has no room for
	halfway = 1 << 28            // their value in the middle of two neighbouring float32
	tiny    = (1023 - 126) << 52 // 2⁻¹²⁶, the smallest normal float32, as float64 bits
)

// doubtful reports whether s, a sum rounded to float64, may round to another
// float32 than the exact sum. Rounding is monotone, so s and the exact sum are
// on the same side of every midpoint of two float32, unless s hits that
// midpoint: then its dropped bits equal midpoint, which is halfway or comes
// from [midpoint]. Below the normal range the midpoints sit at other bits, so
// all of it is in doubt, except zero: a float64 sum that rounds to zero is zero.
func doubtful(s float64, midpoint uint64) bool {
	b := math.Float64bits(s)
	return b&dropped == midpoint || b<<1-1 < tiny<<1-1
}

// midpoint returns the dropped bits that put a sum w·x + z in doubt: halfway, or
// where x is zero or a power of two a value beside it, which hardly ever occurs.
//
// For such an x the product is a float32 but for its exponent, and a sum of two
// numbers of 24 bits that hits a midpoint is exact: were it not, the smaller
// number would lie too far below the larger to move it to a midpoint. Units
// saturated at ±1 and units that ReLU switched off make such sums all the time,
// and every fourth of them may hit a midpoint, which no branch predictor learns:
// without this function they take 3.7 ns per multiply-add instead of 1.
func midpoint(x float32) uint64 {
	fraction := uint64(math.Float32bits(x) << 9)
	return halfway ^ (fraction-1)>>63
}

// roundToOdd returns p + z rounded to odd: the exact sum if it is a float64,
// else that of its two neighbouring float64 whose last bit is 1. Such a last bit
// keeps the result off the midpoints and on the sum's side of them, so its
// conversion to float32 is the correctly rounded sum (Boldo and Melquiond,
// "Emulation of FMA and correctly rounded sums: proved algorithms using rounding
// to odd", IEEE Transactions on Computers 57, 2008). Inlined, it would crowd the
// loops that hardly ever need it.
//
//go:noinline
func roundToOdd(p, z float64) float64 {
	s := p + z
	t := s - p
	e := (p - (s - t)) + (z - t) // s + e = p + z exactly: TwoSum, Knuth, TAOCP 2, 4.2.2
	b := math.Float64bits(s)
	switch {
	case e == 0 || b&1 == 1:
		return s
	case (e > 0) == (s > 0):
		return math.Float64frombits(b + 1) // away from zero
	default:
		return math.Float64frombits(b - 1)
	}
}
