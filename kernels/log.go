package kernels

import "math"

// log returns ln(x) for normal x in (0, 1/2], with relative error at most 2⁻⁵¹, by the
// series of 2·artanh(s) = ln((1+s)/(1-s)). The standard library's Log has not the
// same bits on every CPU.
func log(x float64) float64 {
	// x = m·2ᵉ with m in [√½, √2): what is above √½ in the bits is carried into e.
	b := math.Float64bits(x)
	e := float64(int64(b-sqrtHalf) >> 52)
	m := math.Float64frombits(b - uint64(int64(b-sqrtHalf)>>52<<52))

	s := (m - 1) / (m + 1) // |s| ≤ 0.1716
	s2 := float64(s * s)
	sum := 0.0
	for _, c := range logSeries {
		sum = float64(sum*s2) + c
	}
	return float64(e*ln2Hi) + (float64(e*ln2Lo) + 2*(s+float64(float64(s*s2)*sum)))
}

const (
	ln2Hi    = 0x1.62e42fefa2p-1     // the upper 40 bits of ln 2: e·ln2Hi is exact
	ln2Lo    = 0x1.9ef35793c7673p-41 // the rest
	sqrtHalf = 0x3fe6a09e667f3bcd    // the bits of √½
)

// logSeries holds (artanh(s)/s - 1)/s² as a series in s², highest power
// first. The first term left out is s²²/23 < 2⁻⁶⁰.
var logSeries = [...]float64{
	1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13,
	1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3,
}
