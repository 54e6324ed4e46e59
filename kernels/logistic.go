package kernels

// Logistic computes y = 1/(1 + e⁻ˣ).
//
// Maximum error 0.5 + 1e-6 ulp, subnormal results included. Non-decreasing,
// Logistic(-x) = 1 - Logistic(x) to half an ulp of 1, Logistic(±0) = 1/2,
// Logistic(-Inf) = 0, Logistic(+Inf) = 1, Logistic(NaN) = NaN. The slices have
// one length, or it panics; y may be x but not overlap it otherwise.
func Logistic(y, x []float32) {
	checkElementwise("Logistic", y, x)
	logisticGeneric(y, x)
}

func logisticGeneric(y, x []float32) {
	for i, u := range widened(x) {
		y[i] = float32(logistic(u))
	}
}

func logistic(x float64) float64 {
	return 1 / (1 + exp(clamp(-x, -200, 200)))
}
