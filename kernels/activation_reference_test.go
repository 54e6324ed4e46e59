package kernels

import "math"

// activation is what the tests know of one activation.
type activation struct {
	name      string
	f         func(y, x []float32)
	reference func(x float64) float64 // to about 1e-5 ulp of float32
	bound     bound                   // documented maximum error
	rising    [2]float32              // interval on which it does not fall
	symmetry  symmetry
	// Values at -Inf, +Inf, -0 and +0.
	negInf, posInf, negZero, posZero float32
}

// sampled reports whether the reference for x, argument number i, is too slow to
// be taken more often than for a sample.
func (a activation) sampled(i int, x float32) bool {
	return a.name == "sin" && !(x <= sinLimit && x >= -sinLimit) && long() && i > 0
}

// bound is a maximum error: at most this many units in the last place, and at
// most absolute + relative·|f(x)|.
type bound struct {
	ulp, absolute, relative float64
	// Where f rises it falls below an earlier value by no more than both.
	fallULP, fall float64
}

// symmetry is what f(-x) is, bit for bit.
type symmetry int

const (
	none symmetry = iota
	odd           // f(-x) = -f(x)
	even          // f(-x) = f(x)
)

var (
	inf      = float32(math.Inf(1))
	nan      = float32(math.NaN())
	negZero  = float32(math.Copysign(0, -1))
	line     = [2]float32{-inf, inf}
	any      = math.Inf(1)
	exact    = bound{}
	identity = func(x float64) float64 { return x }
)

var activations = []activation{
	{"identity", Identity, identity, exact, line, odd, -inf, inf, negZero, 0},
	{"logistic", Logistic, logisticReference, bound{any, 6.8e-8, 0, 1, 6e-8}, line, none, 0, 1, 0.5, 0.5},
	{"tanh", Tanh, math.Tanh, bound{1.28, 7.7e-8, 0, 1, 6e-8}, line, odd, -1, 1, negZero, 0},
	{"relu", ReLU, func(x float64) float64 { return max(x, 0) }, exact, line, none, 0, inf, negZero, 0},
	{"erf", Erf, math.Erf, bound{2.3, 4.7e-8, 0, 1, 6e-8}, line, odd, -1, 1, negZero, 0},
	{"leaky_relu", LeakyReLU, func(x float64) float64 { return max(x, float64(leak)*x) }, bound{0.5, 1, 1, 0, 0}, line, none, -inf, inf, negZero, 0},
	{"gelu", GELU, geluReference, bound{any, 1.7e-8, 0x1p-24, 1, any}, [2]float32{-0.75, inf}, none, negZero, inf, negZero, 0},
	{"silu", SiLU, siluReference, bound{any, 5.1e-8, 0x1p-24, 1, any}, [2]float32{-1.27, inf}, none, negZero, inf, negZero, 0},
	{"sin", Sin, sinReference, bound{2.2, 1.3e-7, 0, 3, 1.8e-7}, [2]float32{-1.57, 1.57}, odd, nan, nan, negZero, 0},
	{"gaussian", Gaussian, func(x float64) float64 { return math.Exp(-x * x) }, bound{any, 6.5e-8, 0, any, 6e-8}, [2]float32{-inf, 0}, even, 0, 0, 1, 1},
	{"softplus", Softplus, softplusReference, bound{any, 2.1e-8, 0x1p-24, any, 6e-8}, line, none, 0, inf, math.Ln2, math.Ln2},
	{"elu", ELU, eluReference, bound{1.1, 6.4e-8, 0, 1, 6e-8}, line, none, -1, inf, negZero, 0},
	{"step", Step, stepReference, exact, line, none, 0, 1, 1, 1},
}

func logisticReference(x float64) float64 {
	if x < 0 {
		return math.Exp(x) / (1 + math.Exp(x))
	}
	return 1 / (1 + math.Exp(-x))
}

// geluReference corrects the rounding of z = -x/√2, which erfc amplifies by 2z²:
// erfc(z + d) = erfc(z)·(1 - 2z·d) nearly enough in the tail, and x² is exact.
func geluReference(x float64) float64 {
	z := -x / math.Sqrt2
	if z < 1 {
		return 0.5 * x * math.Erfc(z)
	}
	d := math.FMA(-z, z, x*x/2) / (2 * z)
	return 0.5 * x * math.Erfc(z) * (1 - 2*z*d)
}

func siluReference(x float64) float64 { return x * logisticReference(x) }

func softplusReference(x float64) float64 {
	return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x)))
}

func eluReference(x float64) float64 {
	if x < 0 {
		return math.Expm1(x)
	}
	return x
}

func stepReference(x float64) float64 {
	if x >= 0 {
		return 1
	}
	return 0
}

// sinReference reduces large arguments with math/big: math.Sin is accurate for
// small ones only.
func sinReference(x float64) float64 {
	if math.Abs(x) <= sinLimit {
		return math.Sin(x)
	}
	return math.Sin(bigRemainder(x))
}
