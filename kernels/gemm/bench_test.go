package gemm

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"nodal/kernels"
)

// peers are the implementations that ours is measured against; OpenBLAS comes
// with go test -tags openblas.
var peers = map[string]blas.Float32Level3{"gonum": gonum.Implementation{}}

// Squares, and the layers of the networks that nodal draws. gonum's Sgemm starts
// goroutines: use -cpu 1 for figures of one core.
func BenchmarkSgemm(b *testing.B) {
	defer kernels.Use(kernels.ActivePath())
	for _, s := range []struct{ m, n, k int }{
		{32, 32, 32}, {64, 64, 64}, {100, 100, 100}, {128, 128, 128}, {256, 256, 256}, {512, 512, 512},
		{32, 128, 32}, {100, 1001, 1}, {9, 1001, 11}, {1, 1001, 100}, {100, 1001, 100},
	} {
		for _, t := range []string{"NN", "TN", "NT", "TT"} {
			if t != "NN" && s.m != s.n {
				continue
			}
			b.Run(fmt.Sprintf("m=%d/n=%d/k=%d/t=%s", s.m, s.n, s.k, t), func(b *testing.B) {
				p := newProblem(rand.New(rand.NewPCG(1, 2)), blas.Transpose(t[0]), blas.Transpose(t[1]), s.m, s.n, s.k, 1, 0, 0)
				for _, path := range kernels.Paths() {
					b.Run("path="+path.String(), func(b *testing.B) {
						kernels.Use(path)
						benchmark(b, p, Implementation{})
					})
				}
				for _, name := range slices.Sorted(maps.Keys(peers)) {
					b.Run("path="+name, func(b *testing.B) { benchmark(b, p, peers[name]) })
				}
			})
		}
	}
}

func benchmark(b *testing.B, p problem, implementation blas.Float32Level3) {
	b.ReportAllocs()
	for b.Loop() {
		implementation.Sgemm(p.tA, p.tB, p.m, p.n, p.k, p.alpha, p.a, p.lda, p.b, p.ldb, p.beta, p.c, p.ldc)
	}
	ns := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
	b.ReportMetric(2*float64(p.m*p.n*p.k)/ns, "GFLOP/s")
	b.ReportMetric(ns/float64(p.m*p.n), "ns/element")
}
