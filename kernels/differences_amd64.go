//go:build !purego

package kernels

func differences(a, b []float32) (sum float64, largest float32) {
	switch active {
	case AVX512:
		return differencesAVX512(a, b)
	case AVX2:
		return differencesAVX2(a, b)
	}
	return differencesGeneric(a, b)
}

func secondDifferences(a, b, c []float32) float64 {
	switch active {
	case AVX512:
		return secondDifferencesAVX512(a, b, c)
	case AVX2:
		return secondDifferencesAVX2(a, b, c)
	}
	return secondDifferencesGeneric(a, b, c)
}
