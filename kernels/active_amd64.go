//go:build !purego

package kernels

func activeRows(active []int32, x []float32, k, p int) (count int) {
	if k == 0 || p == 0 {
		return 0
	}
	switch ActivePath() {
	case AVX512:
		return activeRowsAVX512(&active[0], &x[0], k, p)
	case AVX2:
		return activeRowsAVX2(&active[0], &x[0], k, p)
	}
	return activeRowsGeneric(active, x, k, p)
}
