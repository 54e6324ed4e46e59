//go:build !amd64 || purego

package kernels

func philoxRows(dst []uint32, n int, counter [4]uint32, key [2]uint32) {
	philoxGeneric(dst, n, counter, key)
}
