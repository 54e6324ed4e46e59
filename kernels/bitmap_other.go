//go:build !amd64 || purego

package kernels

func signBits(bits []uint64, x []float32)       { signBitsGeneric(bits, x) }
func descentBits(bits []uint64, a, b []float32) { descentBitsGeneric(bits, a, b) }
