package kernels

// SiLU computes y = x/(1 + e⁻ˣ), also known as swish.
//
// Maximum error 0.5 + 1e-6 ulp, subnormal results included. Not monotone: it
// falls to -0.2785 at x = -1.2785 and rises beyond. SiLU(±0) = ±0,
// SiLU(-Inf) = -0, the limit, SiLU(+Inf) = +Inf, SiLU(NaN) = NaN. The slices
// have one length, or it panics; y may be x but not overlap it otherwise.
func SiLU(y, x []float32) {
	checkElementwise("SiLU", y, x)
	siluGeneric(y, x)
}

func siluGeneric(y, x []float32) {
	for i, u := range widened(x) {
		y[i] = float32(silu(u))
	}
}

func silu(x float64) float64 {
	x = max(x, -200) // e⁻²⁰⁰ is zero in float32
	return x / (1 + exp(max(-x, -200)))
}
