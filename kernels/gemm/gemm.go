// Package gemm is gonum's BLAS with float32 matrix products by nodal's kernels:
//
//	blas32.Use(gemm.Implementation{})
//
// It starts no goroutines, so it suits programs that are parallel already.
package gemm

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

// Implementation is gonum's BLAS implementation with a Sgemm of its own.
type Implementation struct{ gonum.Implementation }

var (
	_ blas.Float32       = Implementation{}
	_ blas.Float32Level3 = Implementation{}
)

// Sgemm computes C = alpha·op(A)·op(B) + beta·C, where op(X) is X or its
// transpose.
//
//	a  op(A) is [m,k], rows of A at stride lda
//	b  op(B) is [k,n], rows of B at stride ldb
//	c  [m,n], rows at stride ldc; must not overlap a or b
//
// Every c[i,j] is the chain acc = beta·c[i,j], acc = fma(alpha·a[i,l], b[l,j],
// acc) for l = 0..k-1: the same bits on every path of package kernels, within
// γ(k+1)·(|alpha|·Σ|a·b| + |beta·c|) of the exact result, γ as for
// [kernels.Layer]. If beta is 0, what was in C does not matter, NaN included; if
// alpha or k is 0, A and B are not read. Other NaN and Inf propagate, 0·Inf
// included, which gonum's own Sgemm skips. Wrong arguments panic with gonum's
// messages. It allocates nothing in a steady state.
func (Implementation) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	p := product{
		m: m, n: n, k: k, alpha: alpha,
		a: operand{a, lda, transposed(tA)},
		b: operand{b, ldb, transposed(tB)},
		c: c, ldc: ldc,
	}
	p.check()
	if m == 0 || n == 0 {
		return
	}
	p.checkLengths()
	empty := alpha == 0 || k == 0
	if empty || beta != 0 {
		p.scale(beta)
	}
	if !empty {
		p.overwrite = beta == 0
		p.compute()
	}
}

// product is what Sgemm has to do. C is scaled before, or overwritten.
type product struct {
	m, n, k   int
	alpha     float32
	a, b      operand
	c         []float32
	ldc       int
	overwrite bool
}

// operand is a matrix, or the transpose of one, whose rows lie at stride ld.
type operand struct {
	values     []float32
	ld         int
	transposed bool
}

// from returns the slice that starts at row i and column j of op(X).
func (o operand) from(i, j int) []float32 {
	if o.transposed {
		i, j = j, i
	}
	return o.values[i*o.ld+j:]
}

// scale computes C = beta·C.
func (p *product) scale(beta float32) {
	if beta == 1 {
		return
	}
	for i := range p.m {
		row := p.c[i*p.ldc:][:p.n]
		if beta == 0 {
			clear(row)
			continue
		}
		for j := range row {
			row[j] *= beta
		}
	}
}
