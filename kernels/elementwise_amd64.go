//go:build !purego

package kernels

func tableOdd(y, x []float32, t *table) {
	switch active {
	case AVX512:
		tableOddAVX512(y, x, &t.rows, t.offset, t.limit, t.shift)
	case AVX2:
		tableOddAVX2(y, x, &t.rows, t.offset, t.limit, t.shift)
	default:
		tableOddGeneric(y, x, t)
	}
}

func tableEven(y, x []float32, t *table) {
	switch active {
	case AVX512:
		tableEvenAVX512(y, x, &t.rows, t.offset, t.limit, t.shift)
	case AVX2:
		tableEvenAVX2(y, x, &t.rows, t.offset, t.limit, t.shift)
	default:
		tableEvenGeneric(y, x, t)
	}
}

func tableSigmoid(y, x []float32, t *table) {
	switch active {
	case AVX512:
		tableSigmoidAVX512(y, x, &t.rows, t.offset, t.limit, t.shift)
	case AVX2:
		tableSigmoidAVX2(y, x, &t.rows, t.offset, t.limit, t.shift)
	default:
		tableSigmoidGeneric(y, x, t)
	}
}

func tableRampMinus(y, x []float32, t *table) {
	switch active {
	case AVX512:
		tableRampMinusAVX512(y, x, &t.rows, t.offset, t.limit, t.shift)
	case AVX2:
		tableRampMinusAVX2(y, x, &t.rows, t.offset, t.limit, t.shift)
	default:
		tableRampMinusGeneric(y, x, t)
	}
}

func tableRampPlus(y, x []float32, t *table) {
	switch active {
	case AVX512:
		tableRampPlusAVX512(y, x, &t.rows, t.offset, t.limit, t.shift)
	case AVX2:
		tableRampPlusAVX2(y, x, &t.rows, t.offset, t.limit, t.shift)
	default:
		tableRampPlusGeneric(y, x, t)
	}
}

func tableNegative(y, x []float32, t *table) {
	switch active {
	case AVX512:
		tableNegativeAVX512(y, x, &t.rows, t.offset, t.limit, t.shift)
	case AVX2:
		tableNegativeAVX2(y, x, &t.rows, t.offset, t.limit, t.shift)
	default:
		tableNegativeGeneric(y, x, t)
	}
}

// sinBlocks computes y = sin(x) from the start up to a block with an element
// beyond [sinLimit], if there is one, and returns how many elements that is.
func sinBlocks(y, x []float32) (done int) {
	switch active {
	case AVX512:
		return sinAVX512(y, x, &sinPi, &sinTerms, sinLimit)
	case AVX2:
		return sinAVX2(y, x, &sinPi, &sinTerms, sinLimit)
	}
	sinGeneric(y, x)
	return len(x)
}
