//go:build !amd64 || purego

package kernels

func maxAbs(x []float32) float32                              { return maxAbsGeneric(x) }
func valueRange(x []float32) (low, high float32, sum float64) { return valueRangeGeneric(x) }
func squaredDeviations(x []float32, center float64) float64 {
	return squaredDeviationsGeneric(x, center)
}
func sumMin(x []float32) (sum float64, least float32) { return sumMinGeneric(x) }
func countZeros(x []float32) int                      { return countZerosGeneric(x) }
func describe(x []float32) (low, high float32, sum float64, least float32, sumAbs float64) {
	return describeGeneric(x)
}
