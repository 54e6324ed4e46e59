package kernels

// GELU computes y = x·Φ(x), Φ the standard normal distribution function: the
// exact GELU, not its tanh approximation (Hendrycks and Gimpel 2016). It is
// max(x, 0) less an even function |x|·Φ(-|x|), which a [table] gives.
//
// Maximum error 1.7e-8 + 2⁻²⁴·|y|; y = -0 up to x = -5.96875 and y = x from 5.96875
// on. Not monotone: it falls to -0.16997 at x = -0.75179 and rises beyond, but for
// falls of one ulp. GELU(±0) = ±0, GELU(-Inf) = -0, the limit,
// GELU(+Inf) = +Inf, GELU(NaN) = NaN. The slices have one length, or it panics; y
// may be x but not overlap it otherwise.
func GELU(y, x []float32) {
	checkElementwise("GELU", y, x)
	tableRampMinus(y, x, &geluTable)
}
