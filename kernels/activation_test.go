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
	reference func(x float64) float64 // to about 1e-7 ulp of float32
	bound     float64                 // documented maximum error, ulp
	rising    [2]float32              // interval on which it does not fall
	symmetry  symmetry
	// Values at -Inf, +Inf, -0 and +0.
	negInf, posInf, negZero, posZero float32
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
	correct  = 0.5 + 1e-6
	identity = func(x float64) float64 { return x }
)

var activations = []activation{
	{"identity", Identity, identity, 0, line, odd, -inf, inf, negZero, 0},
	{"logistic", Logistic, logisticReference, correct, line, none, 0, 1, 0.5, 0.5},
	{"tanh", Tanh, math.Tanh, correct, line, odd, -1, 1, negZero, 0},
	{"relu", ReLU, func(x float64) float64 { return max(x, 0) }, 0, line, none, 0, inf, negZero, 0},
	{"erf", Erf, math.Erf, correct, line, odd, -1, 1, negZero, 0},
	{"leaky_relu", LeakyReLU, func(x float64) float64 { return max(x, float64(leak)*x) }, 0.5, line, none, -inf, inf, negZero, 0},
	{"gelu", GELU, geluReference, correct, [2]float32{-0.75, inf}, none, negZero, inf, negZero, 0},
	{"silu", SiLU, siluReference, correct, [2]float32{-1.27, inf}, none, negZero, inf, negZero, 0},
	{"sin", Sin, sinReference, correct, [2]float32{-1.57, 1.57}, odd, nan, nan, negZero, 0},
	{"gaussian", Gaussian, func(x float64) float64 { return math.Exp(-x * x) }, correct, [2]float32{-inf, 0}, even, 0, 0, 1, 1},
	{"softplus", Softplus, softplusReference, correct, line, none, 0, inf, math.Ln2, math.Ln2},
	{"elu", ELU, eluReference, correct, line, none, -1, inf, negZero, 0},
	{"step", Step, stepReference, 0, line, none, 0, 1, 1, 1},
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
	if math.Abs(x) < 32 {
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

// long reports whether to test every float32: minutes per activation, and hours
// for sin, whose reference is slow.
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
			worst, at := 0.0, float32(0)
			samples(sampleStride(), func(x []float32) {
				a.f(y[:len(x)], x)
				for i, v := range x {
					if math.IsInf(float64(v), 0) {
						continue
					}
					if e := ulps(y[i], a.reference(float64(v))); !(e <= worst) {
						worst, at = e, v
					}
				}
			})
			t.Logf("maximum error %.9f ulp at %v (%#08x)", worst, at, math.Float32bits(at))
			if !(worst <= a.bound) {
				t.Errorf("error %.9f ulp at %v, want at most %v", worst, at, a.bound)
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
			samples(sampleStride(), newShape(t, a).visit)
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
		if !(y[i] >= s.last) {
			s.t.Fatalf("f(%v) = %v, below %v at a smaller argument", v, y[i], s.last)
		}
		s.last = y[i]
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
	for _, a := range activations {
		t.Run("f="+a.name, func(t *testing.T) {
			x := []float32{-inf, inf, negZero, 0, nan, -nan}
			want := []float32{a.negInf, a.posInf, a.negZero, a.posZero, nan, nan}
			y := make([]float32, len(x))
			a.f(y, x)
			for i := range x {
				if !sameBits(y[i], want[i]) {
					t.Errorf("f(%v) = %v, want %v", x[i], y[i], want[i])
				}
			}
		})
	}
}

// Every length from 0 to 200: nothing is written outside y, x stays as it is,
// and the result is the same in place.
func TestActivationSlices(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	draw := func() float32 { return float32(3 * r.NormFloat64()) }
	for _, a := range activations {
		t.Run("f="+a.name, func(t *testing.T) {
			for n := range 201 {
				x, xWhole := guarded(n, draw)
				y, yWhole := guarded(n, draw)
				before := slices.Clone(xWhole)
				a.f(y, x)
				if !slices.Equal(xWhole, before) {
					t.Fatalf("n=%d: x was changed", n)
				}
				for i := range x {
					one := []float32{0}
					if a.f(one, x[i:i+1]); one[0] != y[i] {
						t.Fatalf("n=%d: f(%v) = %v among others, %v alone", n, x[i], y[i], one[0])
					}
				}
				if a.f(x, x); !slices.Equal(x, y) {
					t.Fatalf("n=%d: in place differs", n)
				}
				checkGuards(t, "y", yWhole)
				checkGuards(t, "x", xWhole)
			}
		})
	}
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
	for _, a := range activations {
		b.Run("f="+a.name, func(b *testing.B) {
			for b.Loop() {
				a.f(y, x)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(x)), "ns/element")
		})
	}
}
