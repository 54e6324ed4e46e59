package kernels

import (
	"fmt"
	"math"
)

//go:generate go -C _gen run . -family elementwise -out ../elementwise_amd64.s -stubs ../elementwise_stubs_amd64.go -pkg kernels

// checkElementwise panics unless y and x, the arguments of the activation name,
// have one length.
func checkElementwise(name string, y, x []float32) {
	if len(y) != len(x) {
		panic(fmt.Sprintf("kernels: %s: len(y) = %d, want len(x) = %d", name, len(y), len(x)))
	}
}

// The activations that a table gives, by what they make of T(|x|). The slices
// have one length; y may be x but not overlap it otherwise. -0 and NaN come out
// as from the operations here on every path.

// tableOddGeneric computes y = T(|x|) with the sign of x.
func tableOddGeneric(y, x []float32, t *table) {
	for i, v := range x {
		y[i] = withSign(t.at(v), v)
	}
}

// tableEvenGeneric computes y = T(|x|).
func tableEvenGeneric(y, x []float32, t *table) {
	for i, v := range x {
		y[i] = t.at(v)
	}
}

// tableSigmoidGeneric computes y = 1/2 + T(|x|) with the sign of x.
func tableSigmoidGeneric(y, x []float32, t *table) {
	for i, v := range x {
		y[i] = 0.5 + withSign(t.at(v), v)
	}
}

// tableRampMinusGeneric computes y = max(x, -0) - T(|x|).
func tableRampMinusGeneric(y, x []float32, t *table) {
	for i, v := range x {
		y[i] = positivePart(v) - t.at(v)
	}
}

// tableRampPlusGeneric computes y = max(x, -0) + T(|x|).
func tableRampPlusGeneric(y, x []float32, t *table) {
	for i, v := range x {
		y[i] = positivePart(v) + t.at(v)
	}
}

// tableNegativeGeneric computes y = x where x has no sign and y = -T(|x|) elsewhere.
func tableNegativeGeneric(y, x []float32, t *table) {
	for i, v := range x {
		y[i] = v
		if math.Signbit(float64(v)) {
			y[i] = -t.at(v)
		}
	}
}
