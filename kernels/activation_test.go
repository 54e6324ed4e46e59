package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

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
