package kernels

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// benchPaths runs a benchmark on every path, with the path's peak in GFLOP/s, 0
// where it is unknown.
func benchPaths(b *testing.B, f func(b *testing.B, peak float64)) {
	before := ActivePath()
	defer Use(before)
	for _, path := range Paths() {
		Use(path)
		b.Run("path="+path.String(), func(b *testing.B) { f(b, peakGFLOPS()) })
	}
}

// peakGFLOPS measures the best of ten rounds of a few 10 µs.
func peakGFLOPS() float64 {
	best := 0.0
	for range 10 {
		start := time.Now()
		flops := MultiplyAdds(10_000)
		best = max(best, float64(flops)/float64(time.Since(start).Nanoseconds()))
	}
	return best
}

func BenchmarkLayer(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	uniform := newLayerInputs(r)[0]
	for _, s := range []struct{ n, k, p int }{
		{32, 32, 128}, {64, 64, 64}, {100, 100, 64}, {9, 11, 128}, {11, 1, 128}, {32, 2, 128},
		{64, 2, 64}, {100, 1, 64}, {1, 9, 128}, {1, 100, 128}, {3, 64, 64}, {2, 64, 128},
		{4, 16, 128}, {5, 5, 100}, {7, 32, 128}, {13, 13, 128}, {16, 16, 128}, {17, 17, 128}, {48, 48, 128},
		{96, 96, 33}, {256, 256, 16},
	} {
		b.Run(fmt.Sprintf("n=%d/k=%d/p=%d", s.n, s.k, s.p), func(b *testing.B) {
			benchPaths(b, func(b *testing.B, peak float64) {
				y := make([]float32, s.n*s.p)
				w, _ := guarded(s.n*s.k, uniform.weight)
				x, _ := guarded(s.k*s.p, uniform.input)
				bias, _ := guarded(s.n, uniform.weight)
				b.ReportAllocs()
				for b.Loop() {
					Layer(y, w, x, bias, s.n, s.k, s.p)
				}
				ns := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
				flops := 2 * float64(s.n*s.k*s.p)
				b.ReportMetric(flops/ns, "GFLOP/s")
				b.ReportMetric(ns/float64(s.n*s.p), "ns/output")
				if peak > 0 {
					b.ReportMetric(100*flops/ns/peak, "%peak")
				}
			})
		})
	}
}

func BenchmarkLayerThen(b *testing.B) {
	uniform := newLayerInputs(rand.New(rand.NewPCG(1, 2)))[0].input
	const n, p = 64, 64
	for _, k := range []int{2, 64} {
		y, bias := make([]float32, n*p), make([]float32, n)
		w, _ := guarded(n*k, uniform)
		x, _ := guarded(k*p, uniform)
		for then, name := range []string{"plain", "relu", "leaky_relu", "step", "plus_zero"} {
			b.Run(fmt.Sprintf("n=%d/k=%d/p=%d/then=%s", n, k, p, name), func(b *testing.B) {
				benchPaths(b, func(b *testing.B, _ float64) {
					b.ReportAllocs()
					for b.Loop() {
						LayerThen(y, w, x, bias, n, k, p, Epilogue(then))
					}
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(n*p), "ns/output")
				})
			})
		}
	}
}
