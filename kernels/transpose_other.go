//go:build !amd64 || purego

package kernels

func transpose(y, x []float32, n, p, ldy, ldx int) { transposeGeneric(y, x, n, p, ldy, ldx) }
