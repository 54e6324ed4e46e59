package kernels

// Gaussian computes y = e^(-x²).
//
// Maximum error 0.5 + 1e-6 ulp, subnormal results included: x² is exact in
// float64. Even, non-increasing in |x|, Gaussian(±0) = 1, Gaussian(±Inf) = 0,
// Gaussian(NaN) = NaN. The slices have one length, or it panics; y may be x but
// not overlap it otherwise.
func Gaussian(y, x []float32) {
	checkElementwise("Gaussian", y, x)
	gaussianGeneric(y, x)
}

func gaussianGeneric(y, x []float32) {
	for i, u := range widened(x) {
		y[i] = float32(gaussian(u))
	}
}

func gaussian(x float64) float64 {
	return exp(-min(x*x, 200))
}
