package analysis

import (
	"fmt"
	"math"
)

// MaxClasses is the number of classes that a class map can tell apart.
const MaxClasses = 256

// Classify writes the class and the margin of every grid point.
//
//	m      [P]    class map, overwritten
//	margin [P]    winner minus runner-up, overwritten
//	pre    [C,P]  pre-activations of the last layer, all finite
//
// One output is class 0 (A) where f ≥ 0, class 1 (B) elsewhere, and its margin
// is |f|: it is the two-output case with a second output that is zero. Several
// outputs: the index of the largest, ties to the lowest. Margins are rounded to
// float64; they are 0 exactly where winner and runner-up are equal.
func Classify(m []uint8, margin []float64, pre []float32, outputs int) {
	if outputs < 1 || outputs > MaxClasses || len(pre) != outputs*len(m) || len(margin) != len(m) {
		panic(fmt.Sprintf("analysis: Classify of %d values, %d outputs, %d points, %d margins",
			len(pre), outputs, len(m), len(margin)))
	}
	if outputs == 1 {
		classifySign(m, margin, pre)
		return
	}
	for from := 0; from < len(m); from += classifyTile {
		to := min(from+classifyTile, len(m))
		classifyArgmax(m[from:to], margin[from:to], pre[from:], len(m), outputs)
	}
}

// classifySign is Classify for one output. Negative zero is class A.
func classifySign(m []uint8, margin []float64, f []float32) {
	m, margin = m[:len(f)], margin[:len(f)]
	for p, v := range f {
		var class uint8
		if v < 0 {
			class = 1
		}
		m[p] = class
		margin[p] = math.Abs(float64(v))
	}
}

// classifyTile is the number of points whose two leaders are kept on the stack
// while the outputs pass by one after the other.
const classifyTile = 256

// classifyArgmax is Classify for one tile of at most classifyTile points and
// several outputs; output c of the tile starts at pre[c·stride].
func classifyArgmax(m []uint8, margin []float64, pre []float32, stride, outputs int) {
	var first, second [classifyTile]float32
	winner, runnerUp := first[:len(m)], second[:len(m)]
	copy(winner, pre)
	for p := range m {
		m[p], runnerUp[p] = 0, float32(math.Inf(-1))
	}
	for c := 1; c < outputs; c++ {
		for p, v := range pre[c*stride : c*stride+len(m)] {
			switch {
			case v > winner[p]:
				winner[p], runnerUp[p], m[p] = v, winner[p], uint8(c)
			case v > runnerUp[p]:
				runnerUp[p] = v
			}
		}
	}
	for p := range margin {
		margin[p] = float64(winner[p]) - float64(runnerUp[p])
	}
}

// CountClasses writes the number of grid points of each class.
//
//	counts [classes]  overwritten
//	m      [P]        class map, every value below classes
func CountClasses(counts []int64, m []uint8) {
	// Four tables, because neighbours mostly share a class and one counter
	// would wait for its own last write.
	var tables [4][MaxClasses]int64
	p := 0
	for ; p+4 <= len(m); p += 4 {
		tables[0][m[p]]++
		tables[1][m[p+1]]++
		tables[2][m[p+2]]++
		tables[3][m[p+3]]++
	}
	for ; p < len(m); p++ {
		tables[0][m[p]]++
	}
	for c := range counts {
		counts[c] = tables[0][c] + tables[1][c] + tables[2][c] + tables[3][c]
	}
}
