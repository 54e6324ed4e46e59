package kernels

// Erf computes y = erf(x) = 2/√π ∫₀ˣ e^(-t²) dt, by a [table].
//
// Maximum error 2.3 ulp, at most 4.7e-8; the error in ulp is largest below
// |x| = 1/4, where 2/√π, about half-way between two float32, is a factor. Odd;
// |y| ≤ 1, and 1 from |x| = 3.9375 on. Non-decreasing but for falls of one ulp.
// Erf(±0) = ±0, Erf(±Inf) = ±1, Erf(NaN) = NaN. The slices have one length, or it
// panics; y may be x but not overlap it otherwise.
func Erf(y, x []float32) {
	checkElementwise("Erf", y, x)
	tableOdd(y, x, &erfTable)
}
