//go:build !purego

package kernels

func uniforms(dst []float32, words []uint32, low, width float64) {
	if active == Portable {
		uniformsGeneric(dst, words, low, width)
		return
	}
	whole := len(words) &^ (drawGroup - 1)
	if whole > 0 {
		uniformGroups(dst[:whole], words[:whole], low, width)
	}
	if rest := words[whole:]; len(rest) > 0 {
		var w [drawGroup]uint32
		var y [drawGroup]float32
		copy(w[:], rest)
		uniformGroups(y[:], w[:], low, width)
		copy(dst[whole:], y[:])
	}
}

// drawGroup is the number of words that the assembly takes at a time.
const drawGroup = 32

func uniformGroups(dst []float32, words []uint32, low, width float64) {
	if active == AVX512 {
		uniformAVX512(&dst[0], &words[0], len(words), low, width, 0x1p19, &normalNumbers)
		return
	}
	uniformAVX2(&dst[0], &words[0], len(words), low, width, 0x1p19, &normalNumbers)
}
