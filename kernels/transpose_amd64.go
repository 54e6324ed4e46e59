//go:build !purego

package kernels

// transpose takes eight rows of x at a time as far as there are eight columns,
// and leaves what is left of either to portable Go. The AVX-512 path has no
// better way: shuffles limit it.
func transpose(y, x []float32, n, p, ldy, ldx int) {
	if active == Portable {
		transposeGeneric(y, x, n, p, ldy, ldx)
		return
	}
	n8, p8 := n&^7, p&^7
	if n8 > 0 {
		for j := 0; j < p8; j += 8 {
			transposeAVX2(&y[j], &x[j*ldx], n8, ldy, ldx)
		}
	}
	if n8 < n && p8 > 0 {
		transposeGeneric(y[n8*ldy:], x[n8:], n-n8, p8, ldy, ldx)
	}
	if p8 < p {
		transposeGeneric(y[p8:], x[p8*ldx:], n, p-p8, ldy, ldx)
	}
}
