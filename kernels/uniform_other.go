//go:build !amd64 || purego

package kernels

func uniforms(dst []float32, words []uint32, low, width float64) {
	uniformsGeneric(dst, words, low, width)
}
