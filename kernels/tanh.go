package kernels

// Tanh computes y = tanh(x) = (e²ˣ - 1)/(e²ˣ + 1), by a [table].
//
// Maximum error 1.28 ulp, at most 7.7e-8. Odd; |y| ≤ 1, and 1 from |x| = 9.0625 on,
// not before 8.7363. Non-decreasing but for falls of one ulp. Tanh(±0) = ±0,
// Tanh(±Inf) = ±1, Tanh(NaN) = NaN. The slices have one length, or it panics; y
// may be x but not overlap it otherwise.
func Tanh(y, x []float32) {
	checkElementwise("Tanh", y, x)
	tableOdd(y, x, &tanhTable)
}
