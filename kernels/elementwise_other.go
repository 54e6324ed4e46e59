//go:build !amd64 || purego

package kernels

func tableOdd(y, x []float32, t *table)       { tableOddGeneric(y, x, t) }
func tableEven(y, x []float32, t *table)      { tableEvenGeneric(y, x, t) }
func tableSigmoid(y, x []float32, t *table)   { tableSigmoidGeneric(y, x, t) }
func tableRampMinus(y, x []float32, t *table) { tableRampMinusGeneric(y, x, t) }
func tableRampPlus(y, x []float32, t *table)  { tableRampPlusGeneric(y, x, t) }
func tableNegative(y, x []float32, t *table)  { tableNegativeGeneric(y, x, t) }

func sinBlocks(y, x []float32) (done int) {
	sinGeneric(y, x)
	return len(x)
}
