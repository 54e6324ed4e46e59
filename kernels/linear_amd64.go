//go:build !purego

package kernels

func relu(y, x []float32) {
	switch {
	case active == Portable || len(x) == 0:
		reluGeneric(y, x)
	case active == AVX512:
		reluAVX512(&y[0], &x[0], len(x))
	default:
		reluAVX2(&y[0], &x[0], len(x))
	}
}

func leakyReLU(y, x []float32) {
	switch {
	case active == Portable || len(x) == 0:
		leakyReLUGeneric(y, x)
	case active == AVX512:
		leakyReLUAVX512(&y[0], &x[0], len(x))
	default:
		leakyReLUAVX2(&y[0], &x[0], len(x))
	}
}

func step(y, x []float32) {
	switch {
	case active == Portable || len(x) == 0:
		stepGeneric(y, x)
	case active == AVX512:
		stepAVX512(&y[0], &x[0], len(x))
	default:
		stepAVX2(&y[0], &x[0], len(x))
	}
}
