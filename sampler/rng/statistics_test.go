package rng

import (
	"math"
	"slices"
	"testing"

	"nodal/kernels"
)

// The tests here look at fixed seeds, so they pass always or never. Each limit is
// passed by chance by about one good generator in 10,000.
const (
	limitZ = 3.89  // of a standard normal, two-sided
	limitD = 2.225 // of √n·D, Kolmogorov: √(-ln(p/2)/2)
)

const draws = 1 << 18

// collect returns draws words: the first perTensor words of every tensor in turn,
// tensors per network.
func collect(perTensor, tensors int) []uint32 {
	s := NewStream(1, 7, []int{2, 16, 16, 1})
	dst := make([]uint32, 0, draws)
	for network := int64(0); ; network++ {
		for tensor := range tensors {
			if len(dst) == draws {
				return dst
			}
			dst = append(dst, words(s, perTensor, uint32(tensor), network)...)
		}
	}
}

// orders are ways in which a sampler goes through the words.
var orders = []struct {
	name               string
	perTensor, tensors int
}{
	{"along a tensor", draws, 1},
	{"across networks", 1, 1},
	{"across tensors", 1, 1 << 12},
	{"whole networks", 64, 8},
	{"across lanes and networks", 4, 1},
}

// kolmogorovSmirnov returns √n·D, D the largest distance of x's empirical
// distribution function from f. It sorts x.
func kolmogorovSmirnov(x []float64, f func(float64) float64) float64 {
	slices.Sort(x)
	n, d := float64(len(x)), 0.0
	for i, v := range x {
		p := f(v)
		d = max(d, float64(i+1)/n-p, p-float64(i)/n)
	}
	return math.Sqrt(n) * d
}

func TestDistributions(t *testing.T) {
	for _, o := range orders {
		w := collect(o.perTensor, o.tensors)
		for _, tt := range []struct {
			name    string
			draw    func(uint32) float64
			f       func(float64) float64
			moments [5]float64 // of order 0 to 4, then the 8th for the error of the 4th
			eighth  float64
			sixth   float64
		}{
			{"uniform", func(w uint32) float64 { return kernels.Uniform(w) - 0.5 }, func(x float64) float64 { return x + 0.5 },
				[5]float64{1, 0, 1.0 / 12, 0, 1.0 / 80}, 1.0 / 2304, 1.0 / 448},
			{"normal", kernels.Normal, func(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 },
				[5]float64{1, 0, 1, 0, 3}, 105, 15},
		} {
			t.Run(o.name+"/"+tt.name, func(t *testing.T) {
				x := make([]float64, len(w))
				var sum [5]float64
				for i, v := range w {
					x[i] = tt.draw(v)
					for k, power := 0, 1.0; k < 5; k, power = k+1, power*x[i] {
						sum[k] += power
					}
				}
				m := tt.moments
				variance := [5]float64{0, m[2], m[4] - m[2]*m[2], tt.sixth, tt.eighth - m[4]*m[4]}
				for k := 1; k < 5; k++ {
					if z := (sum[k]/draws - m[k]) / math.Sqrt(variance[k]/draws); !(math.Abs(z) < limitZ) {
						t.Errorf("moment %d is %v, %.1f standard errors from %v", k, sum[k]/draws, z, m[k])
					}
				}
				if d := kolmogorovSmirnov(x, tt.f); !(d < limitD) {
					t.Errorf("√n·D = %.2f, want below %v", d, limitD)
				}
			})
		}
	}
}

// Neighbours at some distance in every order: uncorrelated, and the pairs of their
// upper and of their lower four bits equally frequent.
func TestIndependence(t *testing.T) {
	for _, o := range orders {
		w := collect(o.perTensor, o.tensors)
		for _, lag := range []int{1, 2, 3, 4, 64, 512} {
			sum := 0.0
			var high, low [256]int
			n := len(w) - lag
			for i := range n {
				a, b := w[i], w[i+lag]
				sum += (kernels.Uniform(a) - 0.5) * (kernels.Uniform(b) - 0.5)
				high[a>>28<<4|b>>28]++
				low[a&15<<4|b&15]++
			}
			if z := sum * 12 / math.Sqrt(float64(n)); !(math.Abs(z) < limitZ) {
				t.Errorf("%s: words %d apart are correlated: %.1f standard errors", o.name, lag, z)
			}
			for name, counts := range map[string][256]int{"upper": high, "lower": low} {
				if z := chiSquare(counts[:], n); !(math.Abs(z) < limitZ) {
					t.Errorf("%s: %s bits of words %d apart: chi-square off by %.1f standard deviations", o.name, name, lag, z)
				}
			}
		}
	}
}

// chiSquare returns, as a standard normal deviate (Wilson and Hilferty 1931), the
// chi-square of counts that should be equal and sum to n. Pairs that overlap shift
// it little.
func chiSquare(counts []int, n int) float64 {
	want, x := float64(n)/float64(len(counts)), 0.0
	for _, c := range counts {
		x += (float64(c) - want) * (float64(c) - want) / want
	}
	f := float64(len(counts) - 1)
	return (math.Cbrt(x/f) - (1 - 2/(9*f))) / math.Sqrt(2/(9*f))
}

// Streams of neighbouring seeds and of similar layers have nothing in common.
func TestStreamsIndependent(t *testing.T) {
	base := words(NewStream(1, 7, []int{2, 16, 1}), draws, 0, 0)
	for _, tt := range []struct {
		name string
		s    Stream
	}{
		{"seed", NewStream(1, 8, []int{2, 16, 1})},
		{"version", NewStream(2, 7, []int{2, 16, 1})},
		{"layers", NewStream(1, 7, []int{2, 17, 1})},
	} {
		sum, bits := 0.0, 0
		for i, v := range words(tt.s, draws, 0, 0) {
			sum += (kernels.Uniform(v) - 0.5) * (kernels.Uniform(base[i]) - 0.5)
			if (v^base[i])>>31 == 0 {
				bits++
			}
		}
		if z := sum * 12 / math.Sqrt(draws); !(math.Abs(z) < limitZ) {
			t.Errorf("another %s: correlated, %.1f standard errors", tt.name, z)
		}
		if z := (float64(bits) - draws/2) / math.Sqrt(draws/4); !(math.Abs(z) < limitZ) {
			t.Errorf("another %s: first bits agree too often or seldom, %.1f standard errors", tt.name, z)
		}
	}
}
