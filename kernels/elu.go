package kernels

// ELU computes y = x where x ≥ 0 and y = eˣ - 1 elsewhere.
//
// Maximum error 0.5 + 1e-6 ulp. Non-decreasing, ELU(±0) = ±0, ELU(-Inf) = -1,
// ELU(+Inf) = +Inf, ELU(NaN) = NaN. The slices have one length, or it panics;
// y may be x but not overlap it otherwise.
func ELU(y, x []float32) {
	checkElementwise("ELU", y, x)
	eluGeneric(y, x)
}

func eluGeneric(y, x []float32) {
	for i, u := range widened(x) {
		y[i] = float32(elu(u))
	}
}

func elu(x float64) float64 {
	if x < 0 {
		return expm1(max(x, -40))
	}
	return x
}
