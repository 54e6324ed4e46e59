//go:build !purego

package kernels

// The assembly does not limit differences. Where that would have mattered the sum
// is not finite, and the portable version starts again.

func differences(a, b []float32) (sum float64, largest float32) {
	switch active {
	case AVX512:
		sum, largest = differencesAVX512(a, b)
	case AVX2:
		sum, largest = differencesAVX2(a, b)
	}
	if active == Portable || sum-sum != 0 {
		return differencesGeneric(a, b)
	}
	return sum, largest
}

func secondDifferences(a, b, c []float32) float64 {
	var sum float64
	switch active {
	case AVX512:
		sum = secondDifferencesAVX512(a, b, c)
	case AVX2:
		sum = secondDifferencesAVX2(a, b, c)
	}
	if active == Portable || sum-sum != 0 {
		return secondDifferencesGeneric(a, b, c)
	}
	return sum
}
