//go:build !purego

package kernels

import "math"

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
	var maxSigned int32
	var maxUnsigned, minUnsigned uint32
	switch active {
	case AVX512:
		maxSigned, maxUnsigned, minUnsigned, sum = valueRangeAVX512(x)
	case AVX2:
		maxSigned, maxUnsigned, minUnsigned, sum = valueRangeAVX2(x)
	default:
		return valueRangeGeneric(x)
	}
	// As numbers, bits with a sign are in reverse order: the largest are those of
	// the least value, if any has a sign, and the smallest of all are those of the
	// greatest if all have.
	lowBits, highBits := minUnsigned, uint32(maxSigned)
	if int32(maxUnsigned) < 0 {
		lowBits = maxUnsigned
	}
	if maxSigned < 0 {
		highBits = minUnsigned
	}
	return math.Float32frombits(lowBits), math.Float32frombits(highBits), sum
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

// describe leaves x to Range and SumMin unless all of it is finite.
func describe(x []float32) (low, high float32, sum float64, least float32, sumAbs float64) {
	var maxSigned int32
	var maxUnsigned, minMagnitude uint32
	switch active {
	case AVX512:
		maxSigned, maxUnsigned, minMagnitude, sum, sumAbs = describeAVX512(x)
	case AVX2:
		maxSigned, maxUnsigned, minMagnitude, sum, sumAbs = describeAVX2(x)
	}
	if active == Portable || sum-sum != 0 {
		return describeGeneric(x)
	}
	// See valueRange. If all values have one sign, the least magnitude is the end of
	// the range on the side of zero.
	lowBits, highBits := maxUnsigned, uint32(maxSigned)
	if int32(maxUnsigned) >= 0 {
		lowBits = minMagnitude
	}
	if maxSigned < 0 {
		highBits = minMagnitude | 1<<31
	}
	return math.Float32frombits(lowBits), math.Float32frombits(highBits), sum, math.Float32frombits(minMagnitude), sumAbs
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
