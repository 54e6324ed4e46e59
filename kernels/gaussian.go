package kernels

// Gaussian computes y = e^(-x²), by a [table].
//
// Maximum error 6.5e-8: small y have few digits, and y is 0 from |x| = 4.375 on.
// Even; 0 ≤ y ≤ 1. Non-increasing in |x| but for rises of 6e-8.
// Gaussian(±0) = 1, Gaussian(±Inf) = 0, Gaussian(NaN) = NaN. The slices have one
// length, or it panics; y may be x but not overlap it otherwise.
func Gaussian(y, x []float32) {
	checkElementwise("Gaussian", y, x)
	tableEven(y, x, &gaussianTable)
}
