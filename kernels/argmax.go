package kernels

import (
	"fmt"
	"math"
)

//go:generate go -C _gen run . -family argmax -out ../argmax_amd64.s -stubs ../argmax_stubs_amd64.go -pkg kernels

// MaxOutputs is the number of outputs that [Argmax] can compare.
const MaxOutputs = 256

// Argmax marks where each of C outputs is the largest, and by how much.
//
//	bits   [C,·]  plane k starts at bits[k·words]. Of its first ⌈n/64⌉ words, bit
//	              i mod 64 of word i/64 is set where output k is the largest,
//	              ties to the lowest k; their other bits are zero. Words between
//	              two planes stay as they are.
//	margin [n]    winner minus runner-up, overwritten
//	x      [C,·]  output k starts at x[k·stride]
//
// So one row of a grid takes subslices of whole fields: words and stride are
// those of a plane and of an output of the whole grid.
//
// A margin is rounded to float32, relative error at most 2⁻²⁴, and limited to the
// largest finite one; it is zero exactly where winner and runner-up are equal. A
// NaN of the first output wins; those of others are never the largest. C is from
// 2 to MaxOutputs, words at least ⌈n/64⌉, stride at least n, bits and x reach at
// least to the end of what is used of the last plane and output, or it panics.
// The slices do not overlap.
func Argmax(bits []uint64, words int, margin, x []float32, stride, c int) {
	checkArgmax(bits, words, margin, x, stride, c)
	argmax(bits, words, margin, x, stride, c)
}

func checkArgmax(bits []uint64, planeWords int, margin, x []float32, stride, c int) {
	n := len(margin)
	if c < 2 || c > MaxOutputs {
		panic(fmt.Sprintf("kernels: Argmax: c = %d, want 2 to %d", c, MaxOutputs))
	}
	if planeWords < words(n) {
		panic(fmt.Sprintf("kernels: Argmax: words = %d, want at least ⌈len(margin)/64⌉ = %d", planeWords, words(n)))
	}
	if stride < n {
		panic(fmt.Sprintf("kernels: Argmax: stride = %d, want at least len(margin) = %d", stride, n))
	}
	if want := (c-1)*planeWords + words(n); len(bits) < want {
		panic(fmt.Sprintf("kernels: Argmax: len(bits) = %d, want at least (c-1)·words + ⌈len(margin)/64⌉ = %d", len(bits), want))
	}
	if want := (c-1)*stride + n; len(x) < want {
		panic(fmt.Sprintf("kernels: Argmax: len(x) = %d, want at least (c-1)·stride + len(margin) = %d", len(x), want))
	}
}

func argmaxGeneric(bits []uint64, planeWords int, margin, x []float32, stride, c int) {
	for from := 0; from < len(margin); from += 64 {
		to := min(from+64, len(margin))
		argmaxWord(bits[from/64:], planeWords, margin[from:to], x[from:], stride, c)
	}
}

// argmaxWord is [Argmax] for up to 64 points, one word of each plane. The leaders
// and the largest of the others stay on the stack while the outputs pass by one
// after the other.
func argmaxWord(bits []uint64, planeWords int, margin, x []float32, stride, c int) {
	var leader, second [64]float32
	var winner [64]uint8
	copy(leader[:], x[:len(margin)])
	for i := range second {
		second[i] = float32(math.Inf(-1))
	}
	for k := 1; k < c; k++ {
		for i, v := range x[k*stride : k*stride+len(margin)] {
			if v > leader[i] {
				v, leader[i], winner[i] = leader[i], v, uint8(k)
			}
			if v > second[i] {
				second[i] = v
			}
		}
	}
	for k := range c {
		bits[k*planeWords] = 0
	}
	for i := range margin {
		margin[i] = math.Float32frombits(limited(leader[i] - second[i]))
		bits[int(winner[i])*planeWords] |= 1 << i
	}
}
