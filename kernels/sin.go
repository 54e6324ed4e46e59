package kernels

import (
	"math"
	"math/bits"
)

// Sin computes y = sin(x), x in radians, for the full range of float32.
//
// Maximum error 2.2 ulp, at most 1.3e-7; half an ulp beyond |x| = 2¹⁷. Odd; rising
// from -π/2 to π/2 but for falls of 3 ulp. Sin(±0) = ±0, Sin(±Inf) = NaN,
// Sin(NaN) = NaN. The slices have one length, or it panics; y may be x but not
// overlap it otherwise.
//
// Up to |x| = 2¹⁷, x - k·π for the nearest whole number k is found by three fused
// multiply-adds, the first of them exact (Cody and Waite, "Software Manual for
// the Elementary Functions", 1980), and sin(x) = (-1)ᵏ·sin(x - k·π) by a
// polynomial. Larger arguments, rare in networks, go through float64.
func Sin(y, x []float32) {
	checkElementwise("Sin", y, x)
	for done := 0; ; {
		done += sinBlocks(y[done:], x[done:])
		if done == len(x) {
			return
		}
		slow := min(done+sinBlock, len(x))
		sinGeneric(y[done:slow], x[done:slow])
		done = slow
	}
}

const (
	sinLimit = 1 << 17 // |x| up to which float32 serves
	sinBlock = 64      // elements that go through [sinGeneric] where one is beyond
)

func sinGeneric(y, x []float32) {
	for i, v := range x {
		if v > sinLimit || v < -sinLimit {
			y[i] = float32(sin(float64(v)))
		} else {
			y[i] = sin32(v)
		}
	}
}

// sin32 returns sin(x) for |x| ≤ [sinLimit], and NaN for NaN.
func sin32(x float32) float32 {
	const shifter = 0x1.8p23 // adding it rounds to a whole number, in the low bits
	shifted := FMA(x, sinPi[0], shifter)
	k := shifted - shifter
	// x and k·π to 24 bits are multiples of 2⁻²², or of 2⁻²³ if x < 2, and closer
	// than 2: their difference is a float32.
	r := FMA(-k, sinPi[1], x)
	r = FMA(-k, sinPi[2], r)
	r = FMA(-k, sinPi[3], r)
	s := float32(r * r)
	p := FMA(sinTerms[3], s, sinTerms[2])
	p = FMA(p, s, sinTerms[1])
	p = FMA(p, s, sinTerms[0])
	p = FMA(p, s, 0) // +0 where s = 0, which keeps the sign of r = -0
	y := FMA(p, r, r)
	return math.Float32frombits(math.Float32bits(y) ^ math.Float32bits(shifted)<<31)
}

// sin returns the sine of a float32 x with relative error at most 2⁻⁵⁰.
func sin(x float64) float64 {
	a := math.Abs(x)
	if a < math.Pi/4 {
		return sinSmall(x)
	}
	if !(a <= math.MaxFloat32) {
		return math.NaN()
	}
	quadrant, r := reduce(float32(a))
	s := 0.0
	if quadrant%2 == 0 {
		s = sinSmall(r)
	} else {
		s = cosSmall(r)
	}
	if (quadrant&2 != 0) != (x < 0) {
		s = -s
	}
	return s
}

// reduce returns the quadrant q in {0, 1, 2, 3} and the rest r in [-π/4, π/4]
// with x = (q + 4k)·π/2 + r for some whole number k. The relative error of r is
// at most 2⁻⁵¹. For finite x ≥ π/4.
//
// With x = m·2ᵉ, m of 24 bits, it multiplies m by 128 bits of 2/π, from the bit
// on whose weight after scaling by 2ᵉ is 2: the bits before it make multiples of
// 4, those after it less than 2⁻¹⁰², and no float32 comes nearer to a multiple of
// π/2 than 2⁻³³ (Payne and Hanek, "Radian reduction for trigonometric
// functions", SIGNUM Newsletter 18, 1983).
func reduce(x float32) (quadrant uint64, r float64) {
	b := math.Float32bits(x)
	m := uint64(b&(1<<23-1) | 1<<23)
	start := uint(b>>23) - 150 + 62 // e = field - 150; bit e-1, after 64 zeros
	w, shift := start/64, start%64
	hi := twoOverPi[w]<<shift | twoOverPi[w+1]>>(64-shift)
	lo := twoOverPi[w+1]<<shift | twoOverPi[w+2]>>(64-shift)

	// x·2/π mod 4 = (hi·2⁶⁴ + lo)·2⁻¹²⁶ from here on.
	carry, lo := bits.Mul64(m, lo)
	hi = m*hi + carry
	quadrant = (hi + 1<<61) >> 62
	f := float64(int64(hi-quadrant<<62)) + float64(float64(lo)*0x1p-64)
	return quadrant, f * (math.Pi / 2 * 0x1p-62)
}

// twoOverPi holds 64 zeros and then the bits of 2/π after the binary point.
var twoOverPi = [5]uint64{
	0, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561,
}

// sinSmall returns sin(r) for |r| ≤ π/4 with relative error at most 2⁻⁵¹.
func sinSmall(r float64) float64 {
	r2 := float64(r * r)
	return r * (1 + float64(r2*polynomial(r2, sinSeries[:]))) // this form keeps -0
}

// cosSmall returns cos(r) for |r| ≤ π/4 with relative error at most 2⁻⁵¹.
func cosSmall(r float64) float64 {
	r2 := float64(r * r)
	return 1 + float64(r2*polynomial(r2, cosSeries[:]))
}

// sinSeries and cosSeries hold (sin(r)/r - 1)/r² and (cos(r) - 1)/r² as Taylor
// series in r², highest power first. The first terms left out are r¹⁶/17! and
// r¹⁸/18!, below 2⁻⁵³ at r = π/4.
var (
	sinSeries = [...]float64{
		-1.0 / 1307674368000, 1.0 / 6227020800, -1.0 / 39916800, 1.0 / 362880,
		-1.0 / 5040, 1.0 / 120, -1.0 / 6,
	}
	cosSeries = [...]float64{
		1.0 / 20922789888000, -1.0 / 87178291200, 1.0 / 479001600, -1.0 / 3628800,
		1.0 / 40320, -1.0 / 720, 1.0 / 24, -1.0 / 2,
	}
)

// polynomial returns c[0]·xⁿ + c[1]·xⁿ⁻¹ + … + c[n] by Horner's rule.
func polynomial(x float64, c []float64) float64 {
	y := 0.0
	for _, a := range c {
		y = float64(y*x) + a
	}
	return y
}
