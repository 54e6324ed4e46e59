package kernels

import (
	"math"
	"math/bits"
)

// Sin computes y = sin(x), x in radians, for the full range of float32.
//
// Maximum error 0.5 + 1e-6 ulp. Odd, Sin(±0) = ±0, Sin(±Inf) = NaN,
// Sin(NaN) = NaN. The slices have one length, or it panics; y may be x but not
// overlap it otherwise.
func Sin(y, x []float32) {
	checkElementwise("Sin", y, x)
	sinGeneric(y, x)
}

func sinGeneric(y, x []float32) {
	for i, u := range widened(x) {
		y[i] = float32(sin(u))
	}
}

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
