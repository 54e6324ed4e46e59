package kernels

//go:generate go -C _gen run . -family linear -out ../linear_amd64.s -stubs ../linear_stubs_amd64.go -pkg kernels

// Identity copies: y = x, bit for bit. The slices have one length, or it panics;
// y may be x but not overlap it otherwise.
func Identity(y, x []float32) {
	checkElementwise("Identity", y, x)
	copy(y, x)
}

// ReLU computes y = 0 where x < 0 and y = x elsewhere, exactly: non-decreasing,
// ReLU(-0) = -0, ReLU(NaN) = NaN, ReLU(-Inf) = 0, ReLU(+Inf) = +Inf. The slices
// have one length, or it panics; y may be x but not overlap it otherwise.
func ReLU(y, x []float32) {
	checkElementwise("ReLU", y, x)
	relu(y, x)
}

func reluGeneric(y, x []float32) {
	for i, v := range x {
		if v < 0 {
			v = 0
		}
		y[i] = v
	}
}

// leak is the slope of [LeakyReLU] below zero: 0.01 rounded to float32,
// 0.00999999977648258.
const leak = float32(0.01)

// LeakyReLU computes y = leak·x where x < 0, rounded once to float32, and y = x
// elsewhere; leak is the float32 nearest to 0.01.
//
// Maximum error 0.5 ulp for that slope. Non-decreasing, LeakyReLU(-0) = -0,
// LeakyReLU(±Inf) = ±Inf, LeakyReLU(NaN) = NaN. The slices have one length, or
// it panics; y may be x but not overlap it otherwise.
func LeakyReLU(y, x []float32) {
	checkElementwise("LeakyReLU", y, x)
	leakyReLU(y, x)
}

func leakyReLUGeneric(y, x []float32) {
	for i, v := range x {
		if v < 0 {
			v *= leak
		}
		y[i] = v
	}
}

// Step computes y = 1 where x ≥ 0 and y = 0 where x < 0, exactly: non-decreasing,
// Step(-0) = 1, Step(-Inf) = 0, Step(+Inf) = 1, Step(NaN) = NaN. The slices have
// one length, or it panics; y may be x but not overlap it otherwise.
func Step(y, x []float32) {
	checkElementwise("Step", y, x)
	step(y, x)
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
