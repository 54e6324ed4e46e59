package kernels

import "math"

// Tanh computes y = tanh(x) = (e²ˣ - 1)/(e²ˣ + 1).
//
// Maximum error 0.5 + 1e-6 ulp. Odd, non-decreasing, Tanh(±0) = ±0,
// Tanh(±Inf) = ±1, Tanh(NaN) = NaN; ±1 from |x| = 9.0109 on. The slices have one
// length, or it panics; y may be x but not overlap it otherwise.
func Tanh(y, x []float32) {
	checkElementwise("Tanh", y, x)
	tanhGeneric(y, x)
}

func tanhGeneric(y, x []float32) {
	for i, u := range widened(x) {
		y[i] = float32(tanh(u))
	}
}

func tanh(x float64) float64 {
	m := expm1(min(2*math.Abs(x), 40))
	return math.Copysign(m/(m+2), x)
}
