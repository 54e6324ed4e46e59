//go:build openblas && cgo

package openblas

// #cgo LDFLAGS: -lopenblas
// #include <cblas.h>
// void openblas_set_num_threads(int);
import "C"

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

func init() { C.openblas_set_num_threads(1) }

// Implementation is gonum's with OpenBLAS's Sgemm, on one thread. It checks
// nothing.
type Implementation struct{ gonum.Implementation }

var order = map[blas.Transpose]C.enum_CBLAS_TRANSPOSE{
	blas.NoTrans: C.CblasNoTrans, blas.Trans: C.CblasTrans, blas.ConjTrans: C.CblasConjTrans,
}

// Sgemm calls cblas_sgemm on matrices in row-major order, as [blas.Float32Level3]
// describes it. It checks nothing: wrong lengths are the caller's.
func (Implementation) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	C.cblas_sgemm(C.CblasRowMajor, order[tA], order[tB], C.blasint(m), C.blasint(n), C.blasint(k), C.float(alpha),
		(*C.float)(&a[0]), C.blasint(lda), (*C.float)(&b[0]), C.blasint(ldb), C.float(beta), (*C.float)(&c[0]), C.blasint(ldc))
}
