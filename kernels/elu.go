package kernels

// ELU computes y = x where x ≥ 0 and y = eˣ - 1 elsewhere, by a [table].
//
// Maximum error 1.1 ulp, at most 6.4e-8; exact where x ≥ 0. Non-decreasing but for
// falls of one ulp; y ≥ -1, and -1 up to x = -17.5. ELU(±0) = ±0,
// ELU(-Inf) = -1, ELU(+Inf) = +Inf, ELU(NaN) = NaN. The slices have one length, or
// it panics; y may be x but not overlap it otherwise.
func ELU(y, x []float32) {
	checkElementwise("ELU", y, x)
	tableNegative(y, x, &eluTable)
}
