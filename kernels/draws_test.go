package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestUniformKnown(t *testing.T) {
	for _, tt := range []struct {
		name string
		word uint32
		want float64
	}{
		{"first", 0, 0x1p-33},
		{"last", math.MaxUint32, 1 - 0x1p-33},
		{"below the middle", 1<<31 - 1, 0.5 - 0x1p-33},
		{"above the middle", 1 << 31, 0.5 + 0x1p-33},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Uniform(tt.word); got != tt.want {
				t.Errorf("Uniform(%#x) = %v, want %v", tt.word, got, tt.want)
			}
		})
	}
}

// drawLengths are the lengths at which the draws are compared with their scalar
// definitions.
func drawLengths() []int {
	lengths := []int{255, 256, 257, 287, 288, 289, 512, 1001, 4099}
	for n := range 71 {
		lengths = append(lengths, n)
	}
	return lengths
}

// checkDraws compares draw with its definition on words, on every path: nothing
// but dst changes.
func checkDraws(t *testing.T, words []uint32, draw func(dst []float32, words []uint32), want func(word uint32) float32) {
	t.Helper()
	wholeWords := slices.Concat(make([]uint32, guard), words, make([]uint32, guard))
	before := slices.Clone(wholeWords)
	dst, whole := guarded(len(words), func() float32 { return 0 })
	draw(dst, wholeWords[guard:guard+len(words)])
	for i, w := range words {
		if y := want(w); math.Float32bits(dst[i]) != math.Float32bits(y) {
			t.Fatalf("%d words: word %d, %#08x: %v, want %v", len(words), i, w, dst[i], y)
		}
	}
	checkGuards(t, "dst", whole)
	if !slices.Equal(wholeWords, before) {
		t.Fatalf("%d words: the words changed", len(words))
	}
}

// drawWords returns n words, of which the share flank belongs to the normal's
// flanks.
func drawWords(n int, flank float64, seed uint64) []uint32 {
	r := rand.New(rand.NewPCG(seed, 1))
	w := make([]uint32, n)
	for i := range w {
		if w[i] = 0x20000000 + r.Uint32N(0xc0000000); r.Float64() < flank {
			w[i] = 0x80000000 ^ (0x7fffffff - r.Uint32N(0x13000000)) ^ r.Uint32N(2)*math.MaxUint32
		}
	}
	return w
}

func TestUniforms(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		for _, tt := range []struct{ low, high float64 }{{-1, 1}, {0.1, 0.7}, {-1e300, 1e300}, {-1.7e308, 1.7e308}, {0, 1e-45}, {3, 3}, {-1 / 3.0, 1e-9}} {
			for _, n := range drawLengths() {
				checkDraws(t, drawWords(n, 0.3, uint64(n)),
					func(dst []float32, words []uint32) { Uniforms(dst, words, tt.low, tt.high) },
					func(word uint32) float32 { return float32(tt.low + float64((tt.high-tt.low)*Uniform(word))) })
			}
		}
	})
}

func TestDrawsPanic(t *testing.T) {
	for _, tt := range []struct {
		name string
		draw func(dst []float32, words []uint32)
	}{
		{"Normals", func(dst []float32, words []uint32) { Normals(dst, words, 1) }},
		{"Uniforms", func(dst []float32, words []uint32) { Uniforms(dst, words, 0, 1) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			defer func() {
				want := fmt.Sprintf("kernels: %s: len(dst) = 2, want len(words) = 3", tt.name)
				if got := fmt.Sprint(recover()); got != want {
					t.Errorf("panic %q, want %q", got, want)
				}
			}()
			tt.draw(make([]float32, 2), make([]uint32, 3))
		})
	}
}

func TestNormalsPanicsOnTooMany(t *testing.T) {
	checkPlaces(1<<32 - 1)
	defer func() {
		const want = "kernels: Normals: len(words) = 4294967296, want less than 2³²"
		if got := recover(); got != want {
			t.Errorf("panic %v, want %q", got, want)
		}
	}()
	checkPlaces(1 << 32)
}

func BenchmarkDraws(b *testing.B) {
	for _, n := range []int{11, 99, 1600, 4096} {
		words, dst := make([]uint32, n), make([]float32, n)
		Philox(words, n, [4]uint32{}, [2]uint32{1, 2})
		benchmarkPaths(b, fmt.Sprintf("law=normal/n=%d", n), n, func() { Normals(dst, words, 0.5) })
		benchmarkPaths(b, fmt.Sprintf("law=uniform/n=%d", n), n, func() { Uniforms(dst, words, -1, 1) })
	}
}
