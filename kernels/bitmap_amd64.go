//go:build !purego

package kernels

func signBits(bits []uint64, x []float32) {
	switch active {
	case AVX512:
		signBitsAVX512(bits, x)
	case AVX2:
		clearRest(bits, len(x))
		signBitsAVX2(bits, x)
	default:
		signBitsGeneric(bits, x)
	}
}

func descentBits(bits []uint64, a, b []float32) {
	switch active {
	case AVX512:
		descentBitsAVX512(bits, a, b)
	case AVX2:
		clearRest(bits, len(a))
		descentBitsAVX2(bits, a, b)
	default:
		descentBitsGeneric(bits, a, b)
	}
}

// clearRest clears the last of the words for n bits unless all of its bits are
// used: the assembly for AVX2 writes 16 bits at a time.
func clearRest(bits []uint64, n int) {
	if n%64 != 0 {
		bits[n/64] = 0
	}
}
