package kernels

import "fmt"

//go:generate go -C _gen run . -family transpose -out ../transpose_amd64.s -stubs ../transpose_stubs_amd64.go -pkg kernels

// Transpose copies a matrix by columns: y[i,j] = x[j,i], bit for bit.
//
//	y [N,P]  result, row i at y[i·ldy]; must not overlap x
//	x [P,N]  row j at x[j·ldx]
//
// Values of y between the rows stay as they are. It panics if a size is negative,
// a stride is smaller than its row, or a slice is too short for its last row.
func Transpose(y, x []float32, n, p, ldy, ldx int) {
	if n|p < 0 {
		panic(fmt.Sprintf("kernels: Transpose: n, p = %d, %d, want none negative", n, p))
	}
	checkRows("Transpose", "y", len(y), n, p, ldy)
	checkRows("Transpose", "x", len(x), p, n, ldx)
	if n > 0 && p > 0 {
		transpose(y, x, n, p, ldy, ldx)
	}
}

func transposeGeneric(y, x []float32, n, p, ldy, ldx int) {
	for j := range p {
		for i, v := range x[j*ldx:][:n] {
			y[i*ldy+j] = v
		}
	}
}
