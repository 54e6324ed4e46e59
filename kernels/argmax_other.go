//go:build !amd64 || purego

package kernels

func argmax(bits []uint64, planeWords int, margin, x []float32, stride, c int) {
	argmaxGeneric(bits, planeWords, margin, x, stride, c)
}
