//go:build !purego

package kernels

func signBits(bits []uint64, x []float32) {
	if active == Portable {
		signBitsGeneric(bits, x)
		return
	}
	clearRest(bits, len(x))
	if active == AVX512 {
		signBitsAVX512(bits, x)
	} else {
		signBitsAVX2(bits, x)
	}
}

func descentBits(bits []uint64, a, b []float32) {
	if active == Portable {
		descentBitsGeneric(bits, a, b)
		return
	}
	clearRest(bits, len(a))
	if active == AVX512 {
		descentBitsAVX512(bits, a, b)
	} else {
		descentBitsAVX2(bits, a, b)
	}
}

// clearRest clears the last of the words for n bits unless all of its bits are
// used: the assembly writes 16 bits at a time.
func clearRest(bits []uint64, n int) {
	if n%64 != 0 {
		bits[n/64] = 0
	}
}
