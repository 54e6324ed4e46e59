package kernels

// Identity copies: y = x, bit for bit. The slices have one length, or it panics;
// y may be x but not overlap it otherwise.
func Identity(y, x []float32) {
	checkElementwise("Identity", y, x)
	copy(y, x)
}

// ReLU computes y = max(x, 0), exactly: non-decreasing, ReLU(-0) = +0,
// ReLU(NaN) = NaN, ReLU(-Inf) = 0, ReLU(+Inf) = +Inf. The slices have one
// length, or it panics; y may be x but not overlap it otherwise.
func ReLU(y, x []float32) {
	checkElementwise("ReLU", y, x)
	reluGeneric(y, x)
}

func reluGeneric(y, x []float32) {
	for i, v := range x {
		y[i] = max(v, 0)
	}
}

// leak is the slope of [LeakyReLU] below zero.
const leak = 0.01

// LeakyReLU computes y = x where x ≥ 0 and y = x/100 elsewhere.
//
// Maximum error 0.5 + 1e-8 ulp (one rounding from float64). Non-decreasing,
// LeakyReLU(-0) = -0, LeakyReLU(±Inf) = ±Inf, LeakyReLU(NaN) = NaN. The slices
// have one length, or it panics; y may be x but not overlap it otherwise.
func LeakyReLU(y, x []float32) {
	checkElementwise("LeakyReLU", y, x)
	leakyReLUGeneric(y, x)
}

func leakyReLUGeneric(y, x []float32) {
	for i, v := range x {
		u := float64(v)
		y[i] = float32(max(u, leak*u))
	}
}

// Step computes y = 1 where x ≥ 0 and y = 0 elsewhere, exactly: non-decreasing,
// Step(-0) = 1, Step(-Inf) = 0, Step(+Inf) = 1, Step(NaN) = NaN. The slices have
// one length, or it panics; y may be x but not overlap it otherwise.
func Step(y, x []float32) {
	checkElementwise("Step", y, x)
	stepGeneric(y, x)
}

func stepGeneric(y, x []float32) {
	for i, v := range x {
		switch {
		case v >= 0:
			y[i] = 1
		case v < 0:
			y[i] = 0
		default:
			y[i] = v
		}
	}
}
