//go:build !purego

package kernels

func argmax(bits []uint64, words int, margin, x []float32, stride, c int) {
	switch active {
	case AVX512:
		argmaxAVX512(bits, words, margin, x, stride, c)
	case AVX2:
		for k := range c {
			clearRest(bits[k*words:], len(margin))
		}
		argmaxAVX2(bits, words, margin, x, stride, c)
	default:
		argmaxGeneric(bits, words, margin, x, stride, c)
	}
}
