//go:build !amd64 || purego

package kernels

func activeRows(active []int32, x []float32, k, p int) (count int) {
	return activeRowsGeneric(active, x, k, p)
}
