package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

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

// ulps returns the distance of got from want in units in the last place of
// want, a float32 to be, subnormals included.
func ulps(got float32, want float64) float64 {
	if float64(got) == want {
		return 0
	}
	_, e := math.Frexp(want)
	return math.Abs(float64(got)-want) / math.Ldexp(1, max(e, -125)-24)
}

// long reports whether to test every float32: minutes per activation. For sin that
// is up to its limit, and a sample beyond, where the reference is slow.
func long() bool { return os.Getenv("NODAL_LONG") == "1" }

// samples visits the float32 from -Inf to +Inf in increasing order, every
// stride-th one, in pieces.
func samples(stride uint32, visit func(x []float32)) {
	x := make([]float32, 0, 1<<12)
	last := order(inf)
	for k := uint64(order(-inf)); k <= uint64(last); k += uint64(stride) {
		x = append(x, unorder(uint32(k)))
		if len(x) == cap(x) {
			visit(x)
			x = x[:0]
		}
	}
	visit(x)
}

// order numbers the float32 in increasing order, -0 before +0.
func order(x float32) uint32 {
	b := math.Float32bits(x)
	return b ^ (uint32(int32(b)>>31) | 1<<31)
}

// unorder is the inverse of order.
func unorder(k uint32) float32 {
	return math.Float32frombits(k ^ (uint32(int32(^k)>>31) | 1<<31))
}

// sampleStride is odd, so that all low bits occur.
func sampleStride() uint32 {
	if long() {
		return 1
	}
	return 1021
}

func TestActivationError(t *testing.T) {
	for _, a := range activations {
		t.Run("f="+a.name, func(t *testing.T) {
			t.Parallel()
			y := make([]float32, 1<<12)
			var worst bound // with the documented relative error
			var atULP, atAbsolute float32
			samples(sampleStride(), func(x []float32) {
				a.f(y[:len(x)], x)
				for i, v := range x {
					if math.IsInf(float64(v), 0) || a.sampled(i, v) {
						continue
					}
					want := a.reference(float64(v))
					if e := ulps(y[i], want); !(e <= worst.ulp) {
						worst.ulp, atULP = e, v
					}
					e := math.Abs(float64(y[i])-want) - a.bound.relative*math.Abs(want)
					if !(e <= worst.absolute) {
						worst.absolute, atAbsolute = e, v
					}
				}
			})
			t.Logf("maximum error %.9f ulp at %v, %.4g + %.3g·|f(x)| at %v", worst.ulp, atULP, worst.absolute, a.bound.relative, atAbsolute)
			if !(worst.ulp <= a.bound.ulp) {
				t.Errorf("error %.9f ulp at %v, want at most %v", worst.ulp, atULP, a.bound.ulp)
			}
			if !(worst.absolute <= a.bound.absolute) {
				t.Errorf("error %.4g + %.3g·|f(x)| at %v, want at most %v", worst.absolute, a.bound.relative, atAbsolute, a.bound.absolute)
			}
		})
	}
}

// Monotone and symmetric to the last bit: on a sample of the whole line, and on
// runs of neighbouring float32 at the powers of two from 2⁻¹² to 2⁷.
func TestActivationShape(t *testing.T) {
	for _, a := range activations {
		t.Run("f="+a.name, func(t *testing.T) {
			t.Parallel()
			whole := newShape(t, a)
			samples(sampleStride(), whole.visit)
			t.Logf("falls by %.3g and by %.0f ulp at most", whole.fall, whole.fallULP)
			if long() {
				return
			}
			for e := -12; e <= 7; e++ {
				for _, sign := range []float64{-1, 1} {
					middle := order(float32(sign * math.Ldexp(1, e)))
					x := make([]float32, 1<<12)
					for i := range x {
						x[i] = unorder(middle - uint32(len(x)/2) + uint32(i))
					}
					newShape(t, a).visit(x)
				}
			}
		})
	}
}

// shape checks one activation along increasing x.
type shape struct {
	t        *testing.T
	a        activation
	y, minus []float32
	last     float32 // the highest value so far
	// The deepest fall below it, in units of its last place and as such.
	fallULP, fall float64
}

func newShape(t *testing.T, a activation) *shape {
	return &shape{t: t, a: a, y: make([]float32, 1<<12), minus: make([]float32, 1<<12), last: -inf}
}

func (s *shape) visit(x []float32) {
	y, minus := s.y[:len(x)], s.minus[:len(x)]
	s.a.f(y, x)
	for i, v := range x {
		if v < s.a.rising[0] || v > s.a.rising[1] {
			continue
		}
		if y[i] >= s.last {
			s.last = y[i]
			continue
		}
		s.fall = max(s.fall, float64(s.last)-float64(y[i]))
		s.fallULP = max(s.fallULP, ulps(y[i], float64(s.last)))
		if !(s.fall <= s.a.bound.fall && s.fallULP <= s.a.bound.fallULP) {
			s.t.Fatalf("f(%v) = %v, below %v at a smaller argument", v, y[i], s.last)
		}
	}
	if s.a.symmetry == none {
		return
	}
	for i, v := range x {
		minus[i] = -v
	}
	s.a.f(minus, minus) // in place
	for i, v := range x {
		want := y[i]
		if s.a.symmetry == odd {
			want = -want
		}
		if !sameBits(minus[i], want) {
			s.t.Fatalf("f(%v) = %v, f(%v) = %v", v, y[i], -v, minus[i])
		}
	}
}

func TestActivationLimits(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		for _, a := range activations {
			x := []float32{-inf, inf, negZero, 0, nan, -nan}
			want := []float32{a.negInf, a.posInf, a.negZero, a.posZero, nan, nan}
			y := make([]float32, len(x))
			a.f(y, x)
			for i := range x {
				if !sameBits(y[i], want[i]) {
					t.Errorf("%s(%v) = %v, want %v", a.name, x[i], y[i], want[i])
				}
			}
		}
	})
}

// Every length from 0 to 200: nothing is written outside y, x stays as it is,
// and the result is the same in place.
func TestActivationSlices(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	draw := func() float32 { return float32(3 * r.NormFloat64()) }
	eachPath(t, func(t *testing.T) {
		for _, a := range activations {
			for n := range 201 {
				checkSlices(t, a, n, draw)
			}
		}
	})
}

func checkSlices(t *testing.T, a activation, n int, draw func() float32) {
	t.Helper()
	x, xWhole := guarded(n, draw)
	y, yWhole := guarded(n, draw)
	before := slices.Clone(xWhole)
	a.f(y, x)
	if !slices.Equal(xWhole, before) {
		t.Fatalf("%s, n=%d: x was changed", a.name, n)
	}
	for i := range x {
		one := []float32{0}
		if a.f(one, x[i:i+1]); one[0] != y[i] {
			t.Fatalf("%s, n=%d: f(%v) = %v among others, %v alone", a.name, n, x[i], y[i], one[0])
		}
	}
	if a.f(x, x); !slices.Equal(x, y) {
		t.Fatalf("%s, n=%d: in place differs", a.name, n)
	}
	checkGuards(t, "y", yWhole)
	checkGuards(t, "x", xWhole)
}

func TestActivationPanics(t *testing.T) {
	names := []string{"Identity", "Logistic", "Tanh", "ReLU", "Erf", "LeakyReLU", "GELU",
		"SiLU", "Sin", "Gaussian", "Softplus", "ELU", "Step"}
	for i, a := range activations {
		t.Run("f="+a.name, func(t *testing.T) {
			defer func() {
				want := fmt.Sprintf("kernels: %s: len(y) = 2, want len(x) = 3", names[i])
				if got := fmt.Sprint(recover()); got != want {
					t.Errorf("panic %q, want %q", got, want)
				}
			}()
			a.f(make([]float32, 2), make([]float32, 3))
		})
	}
}

func BenchmarkActivation(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	x := make([]float32, 1024)
	for i := range x {
		x[i] = float32(r.NormFloat64() * 3)
	}
	y := make([]float32, len(x))
	before := ActivePath()
	defer Use(before)
	for _, a := range activations {
		for _, p := range Paths() {
			b.Run(fmt.Sprintf("f=%s/n=%d/path=%v", a.name, len(x), p), func(b *testing.B) {
				Use(p)
				for b.Loop() {
					a.f(y, x)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(x)), "ns/element")
			})
		}
	}
}
