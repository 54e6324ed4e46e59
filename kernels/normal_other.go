//go:build !amd64 || purego

package kernels

func normals(dst []float32, words []uint32, std float64) {
	normalsGeneric(dst, words, std)
}
