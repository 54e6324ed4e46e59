package kernels

// Softplus computes y = ln(1 + eˣ) = max(x, 0) + ln(1 + e^-|x|), the logarithm by a
// [table].
//
// Maximum error 2.1e-8 + 2⁻²⁴·|y|: small y have few digits; y = 0 up to x = -18.5
// and y = x from 18.5 on. Non-decreasing but for falls of 6e-8.
// Softplus(-Inf) = 0, Softplus(+Inf) = +Inf, Softplus(NaN) = NaN. The slices have
// one length, or it panics; y may be x but not overlap it otherwise.
func Softplus(y, x []float32) {
	checkElementwise("Softplus", y, x)
	tableRampPlus(y, x, &softplusTable)
}
