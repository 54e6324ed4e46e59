//go:build !amd64 || purego

package kernels

func relu(y, x []float32)      { reluGeneric(y, x) }
func leakyReLU(y, x []float32) { leakyReLUGeneric(y, x) }
func step(y, x []float32)      { stepGeneric(y, x) }
