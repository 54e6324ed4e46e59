//go:build !purego

package kernels

func maxAbs(x []float32) float32 {
	switch active {
	case AVX512:
		return maxAbsAVX512(x)
	case AVX2:
		return maxAbsAVX2(x)
	}
	return maxAbsGeneric(x)
}

func valueRange(x []float32) (low, high float32, sum float64) {
	switch active {
	case AVX512:
		return valueRangeAVX512(x)
	case AVX2:
		return valueRangeAVX2(x)
	}
	return valueRangeGeneric(x)
}

func squaredDeviations(x []float32, center float64) float64 {
	switch active {
	case AVX512:
		return squaredDeviationsAVX512(x, center)
	case AVX2:
		return squaredDeviationsAVX2(x, center)
	}
	return squaredDeviationsGeneric(x, center)
}

func sumMin(x []float32) (sum float64, least float32) {
	switch active {
	case AVX512:
		return sumMinAVX512(x)
	case AVX2:
		return sumMinAVX2(x)
	}
	return sumMinGeneric(x)
}

func countZeros(x []float32) int {
	switch active {
	case AVX512:
		return int(countZerosAVX512(x))
	case AVX2:
		return int(countZerosAVX2(x))
	}
	return countZerosGeneric(x)
}
