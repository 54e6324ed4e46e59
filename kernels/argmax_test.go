package kernels

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// argmaxField is one call of Argmax, with gaps between planes and outputs.
type argmaxField struct {
	n, c, words, stride                   int
	bits, bitsWhole                       []uint64
	margin, marginWhole, x, xWhole, xCopy []float32
}

func newArgmaxField(n, c int, draw func() float32) *argmaxField {
	f := &argmaxField{n: n, c: c, words: words(n) + 2, stride: n + 5}
	f.bits, f.bitsWhole = guardedBits((c-1)*f.words + words(n))
	f.margin, f.marginWhole = guarded(n, func() float32 { return nan })
	f.x, f.xWhole = guarded((c-1)*f.stride+n, draw)
	f.xCopy = slices.Clone(f.xWhole)
	return f
}

// check compares the results with sorting, for values without NaN.
func (f *argmaxField) check(t *testing.T) {
	t.Helper()
	winner := make([]int, f.n)
	for i := range winner {
		order := make([]int, f.c)
		for k := range order {
			order[k] = k
		}
		value := func(k int) float32 { return f.x[k*f.stride+i] }
		slices.SortStableFunc(order, func(a, b int) int {
			switch {
			case value(a) > value(b):
				return -1
			case value(a) < value(b):
				return 1
			}
			return 0
		})
		winner[i] = order[0]
		want := min(float32(float64(value(order[0]))-float64(value(order[1])))+0, maxFloat)
		if !sameBits(f.margin[i], want) {
			t.Errorf("margin[%d] = %v, want %v", i, f.margin[i], want)
		}
	}
	for k := range f.c {
		plane := f.bits[k*f.words:]
		checkBitmap(t, plane[:words(f.n)], f.n, func(i int) bool { return winner[i] == k })
	}
}

// checkGeneric compares the results with those of the portable version, and
// looks for changes where there should be none.
func (f *argmaxField) checkGeneric(t *testing.T) {
	t.Helper()
	margin, bits := make([]float32, f.n), slices.Repeat([]uint64{oldBits}, len(f.bits))
	argmaxGeneric(bits, f.words, margin, f.x, f.stride, f.c)
	if !slices.EqualFunc(f.margin, margin, sameBits) || !slices.Equal(f.bits, bits) {
		t.Error("differs from the portable version")
	}
	for k := range f.c - 1 {
		if gap := f.bits[k*f.words+words(f.n) : (k+1)*f.words]; gap[0] != oldBits || gap[1] != oldBits {
			t.Errorf("a word after plane %d was overwritten", k)
		}
	}
	checkGuards(t, "margin", f.marginWhole)
	checkGuardBits(t, f.bitsWhole)
	if !slices.EqualFunc(f.xWhole, f.xCopy, sameBits) {
		t.Error("x was changed")
	}
}

func TestArgmax(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		for _, values := range fieldValues() {
			for _, c := range []int{2, 3, 4, 5, 17, 256} {
				t.Run(fmt.Sprintf("x=%s/c=%d", values.name, c), func(t *testing.T) {
					for _, n := range fieldLengths() {
						if c > 17 && n%16 > 1 {
							continue // slow to check
						}
						f := newArgmaxField(n, c, values.draw)
						Argmax(f.bits, f.words, f.margin, f.x, f.stride, c)
						f.checkGeneric(t)
						if values.name != "nonfinite" {
							f.check(t)
						}
						if t.Failed() {
							t.Fatalf("at n=%d", n)
						}
					}
				})
			}
		}
	})
}

func TestArgmaxKnown(t *testing.T) {
	for _, tt := range []struct {
		name   string
		x      []float32 // of one point
		winner int
		margin float32
	}{
		{"first", []float32{3, 1, 2}, 0, 1},
		{"last", []float32{1, 2, 5}, 2, 3},
		{"tie goes to the lowest", []float32{1, 7, 7}, 1, 0},
		{"zeros tie", []float32{negZero, 0}, 0, 0},
		{"margin is limited", []float32{-maxFloat, maxFloat}, 1, maxFloat},
		{"subnormal margin", []float32{0x1p-126, 0x1.000002p-126}, 1, 0x1p-149},
		{"NaN first", []float32{nan, 1}, 0, nan},
		{"NaN later", []float32{1, nan, 0}, 0, 1},
		{"infinities tie", []float32{-inf, -inf}, 0, nan},
		{"infinity", []float32{0, inf}, 1, math.MaxFloat32},
	} {
		t.Run(tt.name, func(t *testing.T) {
			eachPath(t, func(t *testing.T) {
				bits, margin := make([]uint64, len(tt.x)), make([]float32, 1)
				Argmax(bits, 1, margin, tt.x, 1, len(tt.x))
				want := make([]uint64, len(tt.x))
				want[tt.winner] = 1
				if !slices.Equal(bits, want) || !sameBits(margin[0], tt.margin) {
					t.Errorf("Argmax(%v) = %v, %v, want output %d, %v", tt.x, bits, margin, tt.winner, tt.margin)
				}
			})
		})
	}
}

func TestArgmaxPanics(t *testing.T) {
	for _, tt := range []struct {
		name                              string
		bits, words, margin, x, stride, c int
		want                              string
	}{
		{"one output", 4, 2, 65, 130, 65, 1, "kernels: Argmax: c = 1, want 2 to 256"},
		{"many outputs", 514, 2, 65, 257 * 65, 65, 257, "kernels: Argmax: c = 257, want 2 to 256"},
		{"words", 4, 1, 65, 130, 65, 2, "kernels: Argmax: words = 1, want at least ⌈len(margin)/64⌉ = 2"},
		{"stride", 4, 2, 65, 130, 64, 2, "kernels: Argmax: stride = 64, want at least len(margin) = 65"},
		{"bits", 4, 3, 65, 130, 65, 2, "kernels: Argmax: len(bits) = 4, want at least (c-1)·words + ⌈len(margin)/64⌉ = 5"},
		{"x", 4, 2, 65, 134, 70, 2, "kernels: Argmax: len(x) = 134, want at least (c-1)·stride + len(margin) = 135"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			panics(t, tt.want, func() {
				Argmax(make([]uint64, tt.bits), tt.words, make([]float32, tt.margin), make([]float32, tt.x), tt.stride, tt.c)
			})
		})
	}
}
