package kernels

import "math"

// GELU computes y = x·Φ(x), Φ the standard normal distribution function: the
// exact GELU, not its tanh approximation (Hendrycks and Gimpel 2016).
//
// Maximum error 0.5 + 1e-6 ulp, also in the negative tail, where
// Φ(x) = e^(-x²/2)·erfcx(-x/√2)/2 with x² exact in float64, and in subnormal
// results. Not monotone: it falls to -0.16997 at x = -0.75179 and rises beyond.
// GELU(±0) = ±0, GELU(-Inf) = -0, the limit, GELU(+Inf) = +Inf, GELU(NaN) = NaN.
// The slices have one length, or it panics; y may be x but not overlap it
// otherwise.
func GELU(y, x []float32) {
	checkElementwise("GELU", y, x)
	geluGeneric(y, x)
}

func geluGeneric(y, x []float32) {
	for i, u := range widened(x) {
		y[i] = float32(gelu(u))
	}
}

func gelu(x float64) float64 {
	x = max(x, -15) // 15·Φ(-15) is zero in float32
	a := min(math.Abs(x), 15)
	z := float64(a * (1 / math.Sqrt2))
	phi := float64(0.5 * exp(-0.5*(a*a)) * erfcx(z)) // Φ(-|x|)
	if x > 0 {
		phi = 1 - phi
	}
	return x * phi
}
