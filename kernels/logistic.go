package kernels

// Logistic computes y = 1/(1 + e⁻ˣ), as 1/2 and an odd part that a [table] gives.
//
// Maximum error 6.8e-8: small y have few digits, and y is 0 up to x = -17.5 and 1
// from 17.5 on. Logistic(-x) = 1 - Logistic(x) but for one rounding.
// Non-decreasing but for falls of 3e-8. Logistic(±0) = 1/2, Logistic(-Inf) = 0,
// Logistic(+Inf) = 1, Logistic(NaN) = NaN. The slices have one length, or it
// panics; y may be x but not overlap it otherwise.
func Logistic(y, x []float32) {
	checkElementwise("Logistic", y, x)
	tableSigmoid(y, x, &logisticTable)
}
