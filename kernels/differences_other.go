//go:build !amd64 || purego

package kernels

func differences(a, b []float32) (sum float64, largest float32) { return differencesGeneric(a, b) }
func secondDifferences(a, b, c []float32) float64               { return secondDifferencesGeneric(a, b, c) }
