package kernels

// SiLU computes y = x/(1 + e⁻ˣ), also known as swish. It is max(x, 0) less an even
// function |x|/(1 + e^|x|), which a [table] gives.
//
// Maximum error 5.1e-8 + 2⁻²⁴·|y|; y = -0 up to x = -23 and y = x from 23 on. Not
// monotone: it falls to -0.2785 at x = -1.2785 and rises beyond, but for falls
// of one ulp. SiLU(±0) = ±0, SiLU(-Inf) = -0, the limit, SiLU(+Inf) = +Inf,
// SiLU(NaN) = NaN. The slices have one length, or it panics; y may be x but not
// overlap it otherwise.
func SiLU(y, x []float32) {
	checkElementwise("SiLU", y, x)
	tableRampMinus(y, x, &siluTable)
}
