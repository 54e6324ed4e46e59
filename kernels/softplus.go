package kernels

import "math"

// Softplus computes y = ln(1 + eˣ) = max(x, 0) + ln(1 + e^-|x|).
//
// Maximum error 0.5 + 1e-6 ulp, subnormal results included. Non-decreasing,
// Softplus(-Inf) = 0, Softplus(+Inf) = +Inf, Softplus(NaN) = NaN. The slices
// have one length, or it panics; y may be x but not overlap it otherwise.
func Softplus(y, x []float32) {
	checkElementwise("Softplus", y, x)
	softplusGeneric(y, x)
}

func softplusGeneric(y, x []float32) {
	for i, u := range widened(x) {
		y[i] = float32(softplus(u))
	}
}

func softplus(x float64) float64 {
	return max(x, 0) + log1p(exp(-min(math.Abs(x), 200)))
}

// log1p returns ln(1 + u) for u in [0, 1] with relative error at most 2⁻⁵⁰, from
// the series of 2·artanh(s) = ln((1+s)/(1-s)) at s = u/(2+u) ≤ 1/3.
func log1p(u float64) float64 {
	s := u / (2 + u)
	s2 := float64(s * s)
	return 2 * (s + float64(float64(s*s2)*polynomial(s2, artanhSeries[:])))
}

// artanhSeries holds (artanh(s)/s - 1)/s² as a series in s², highest power
// first. The first term left out is s³²/33 < 2⁻⁵⁵ at s = 1/3.
var artanhSeries = [...]float64{
	1.0 / 31, 1.0 / 29, 1.0 / 27, 1.0 / 25, 1.0 / 23, 1.0 / 21, 1.0 / 19, 1.0 / 17,
	1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3,
}
