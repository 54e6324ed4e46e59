package kernels

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

const maxFloat = math.MaxFloat32

// fieldValues are the kinds of values that kernels of fields are tested with.
func fieldValues() []struct {
	name string
	draw func() float32
} {
	r := rand.New(rand.NewPCG(7, 8))
	oneOf := func(x ...float32) func() float32 {
		return func() float32 { return x[r.IntN(len(x))] }
	}
	return []struct {
		name string
		draw func() float32
	}{
		{"normal", func() float32 { return float32(r.NormFloat64()) }},
		{"ties", oneOf(-1, negZero, 0, 1, 2)},
		{"extreme", oneOf(-maxFloat, maxFloat, -0x1p-149, 0x1p-149, negZero, 1)},
		{"magnitudes", func() float32 { return float32(math.Ldexp(r.NormFloat64(), r.IntN(250)-150)) }},
		{"nonfinite", oneOf(nan, inf, -inf, 1, -2, negZero)},
	}
}

// fieldLengths are 0 to 70 and some above.
func fieldLengths() []int {
	n := []int{127, 128, 129, 1001, 4099}
	for i := range 71 {
		n = append(n, i)
	}
	return n
}

// eachField runs f on every path, with count slices of every kind and length,
// and fails if f changes them or what lies around them.
func eachField(t *testing.T, count int, f func(t *testing.T, x [][]float32)) {
	eachPath(t, func(t *testing.T) {
		for _, values := range fieldValues() {
			t.Run("x="+values.name, func(t *testing.T) {
				for _, n := range fieldLengths() {
					x, whole, before := make([][]float32, count), make([][]float32, count), make([][]float32, count)
					for i := range x {
						x[i], whole[i] = guarded(n, values.draw)
						before[i] = slices.Clone(whole[i])
					}
					f(t, x)
					for i := range x {
						if !slices.EqualFunc(whole[i], before[i], sameBits) {
							t.Fatalf("n=%d: slice %d was changed", n, i)
						}
					}
					if t.Failed() {
						t.Fatalf("at n=%d", n)
					}
				}
			})
		}
	})
}

// same reports whether a and b are the same float64, any NaN equal to any.
func same(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b
}

// checkSum compares a sum of n terms in 16 lanes with the exact one of terms, by
// the bound of lanes with extra roundings of each term. It leaves nonfinite
// terms to others.
func checkSum(t *testing.T, got float64, terms []*big.Float, extra int) {
	t.Helper()
	exact, size := bigFloat(0), bigFloat(0)
	for _, v := range terms {
		exact = bigAdd(exact, v)
		size = bigAdd(size, new(big.Float).Abs(v))
	}
	const u = 0x1p-53
	m := float64((len(terms)+15)/16 + 3 + extra)
	bound := m * u / (1 - m*u) * nearest(size)
	if off := math.Abs(nearest(bigSub(bigFloat(got), exact))); !(off <= bound) {
		t.Errorf("sum of %d terms is off by %g, want at most %g", len(terms), off, bound)
	}
}

// allFinite reports whether no value is NaN or infinite.
func allFinite(x ...[]float32) bool {
	for _, s := range x {
		for _, v := range s {
			if v-v != 0 {
				return false
			}
		}
	}
	return true
}

// panics fails the test unless f panics with that message.
func panics(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got := fmt.Sprint(recover()); got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}()
	f()
}

// Short slices are rows of a grid in the plane, one call for each.
func BenchmarkField(b *testing.B) {
	for _, n := range []int{128, 1001} {
		x, y, z := benchmarkLine(n), benchmarkLine(n), benchmarkLine(n)
		bits := make([]uint64, words(n))
		for _, bm := range []struct {
			name string
			f    func()
		}{
			{"MaxAbs", func() { MaxAbs(x) }},
			{"Range", func() { Range(x) }},
			{"Describe", func() { Describe(x) }},
			{"SquaredDeviations", func() { SquaredDeviations(x, 0.1) }},
			{"SumMin", func() { SumMin(x) }},
			{"CountZeros", func() { CountZeros(x) }},
			{"Differences", func() { Differences(x, y) }},
			{"SecondDifferences", func() { SecondDifferences(x, y, z) }},
			{"SignBits", func() { SignBits(bits, x) }},
			{"DescentBits", func() { DescentBits(bits, x, y) }},
		} {
			benchmarkPaths(b, fmt.Sprintf("f=%s/n=%d", bm.name, n), n, bm.f)
		}
	}
}

func BenchmarkArgmax(b *testing.B) {
	for _, n := range []int{128, 1001} {
		for _, c := range []int{2, 3, 4, 10} {
			x := benchmarkLine(n * c)
			bits, margin := make([]uint64, c*words(n)), make([]float32, n)
			benchmarkPaths(b, fmt.Sprintf("c=%d/n=%d", c, n), n, func() { Argmax(bits, words(n), margin, x, n, c) })
		}
	}
}

// benchmarkLine returns n normal values; their start is not aligned to a cache
// line, as that of a row of a grid may not be.
func benchmarkLine(n int) []float32 {
	r := rand.New(rand.NewPCG(uint64(n), 9))
	x := make([]float32, n+1)[1:]
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

// benchmarkPaths times f, which does n elements, on every path.
func benchmarkPaths(b *testing.B, name string, n int, f func()) {
	before := ActivePath()
	defer Use(before)
	for _, p := range Paths() {
		Use(p)
		b.Run(fmt.Sprintf("%s/path=%v", name, p), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/element")
		})
	}
}
