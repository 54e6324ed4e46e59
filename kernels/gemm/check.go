package gemm

import "gonum.org/v1/gonum/blas"

func transposed(t blas.Transpose) bool {
	switch t {
	case blas.NoTrans:
		return false
	case blas.Trans, blas.ConjTrans:
		return true
	}
	panic("blas: illegal transpose")
}

// check panics in gonum's words and order if a size or a stride is wrong.
func (p *product) check() {
	switch {
	case p.m < 0:
		panic("blas: m < 0")
	case p.n < 0:
		panic("blas: n < 0")
	case p.k < 0:
		panic("blas: k < 0")
	}
	_, columnsA := p.a.stored(p.m, p.k)
	_, columnsB := p.b.stored(p.k, p.n)
	switch {
	case p.a.ld < max(1, columnsA):
		panic("blas: bad leading dimension of A")
	case p.b.ld < max(1, columnsB):
		panic("blas: bad leading dimension of B")
	case p.ldc < max(1, p.n):
		panic("blas: bad leading dimension of C")
	}
}

// checkLengths panics if a slice is too short for its last row.
func (p *product) checkLengths() {
	rowsA, columnsA := p.a.stored(p.m, p.k)
	rowsB, columnsB := p.b.stored(p.k, p.n)
	switch {
	case len(p.a.values) < (rowsA-1)*p.a.ld+columnsA:
		panic("blas: insufficient length of a")
	case len(p.b.values) < (rowsB-1)*p.b.ld+columnsB:
		panic("blas: insufficient length of b")
	case len(p.c) < (p.m-1)*p.ldc+p.n:
		panic("blas: insufficient length of c")
	}
}

// stored returns the rows and columns in memory of an operand that is used as
// [rows,columns].
func (o operand) stored(rows, columns int) (int, int) {
	if o.transposed {
		return columns, rows
	}
	return rows, columns
}
