package analysis

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestCrossingsAndBorder(t *testing.T) {
	for _, tt := range []struct {
		name              string
		lines             []string
		crossings, border int64
	}{
		{"single point", []string{"."}, 0, 0},
		{"uniform", []string{"...", "...", "..."}, 0, 0},
		{"one row, there and back", []string{"..aa."}, 2, 4},
		{"one column, there and back", []string{".", "a", "a"}, 1, 2},
		{"stripes down", []string{".a.a", ".a.a", ".a.a"}, 9, 6},
		{"stripes across", []string{"....", "aaaa", "...."}, 8, 4},
		{"checkerboard", []string{".a.", "a.a", ".a."}, 12, 8},
		{"island", []string{"...", ".a.", "..."}, 4, 0},
		{"corner", []string{"a..", "...", "..."}, 2, 2},
		{"ring", []string{".....", ".aaa.", ".a.a.", ".aaa.", "....."}, 16, 0},
		{"two rows", []string{".a", "a."}, 4, 4},
		{"three classes", []string{"abc", "abc"}, 4, 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, s := draw(tt.lines...)
			if got := Crossings(m, s); got != tt.crossings {
				t.Errorf("crossings = %d, want %d", got, tt.crossings)
			}
			if got := BorderChanges(m, s); got != tt.border {
				t.Errorf("border changes = %d, want %d", got, tt.border)
			}
		})
	}
}

func TestLineCrossings(t *testing.T) {
	for _, tt := range []struct {
		name              string
		m                 []uint8
		crossings, border int64
	}{
		{"one point", []uint8{1}, 0, 0},
		{"uniform", []uint8{1, 1, 1}, 0, 0},
		{"once", []uint8{0, 1, 1}, 1, 1},
		{"twice", []uint8{0, 1, 0}, 2, 0},
		{"classes 0 2 1", []uint8{0, 2, 2, 1}, 2, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := ShapeOf(line(len(tt.m)))
			if got := Crossings(tt.m, s); got != tt.crossings {
				t.Errorf("crossings = %d, want %d", got, tt.crossings)
			}
			if got := BorderChanges(tt.m, s); got != tt.border {
				t.Errorf("border changes = %d, want %d", got, tt.border)
			}
		})
	}
}

// The word-wise loops against one class at a time, at every length and with
// class bytes that differ in every bit.
func TestDiffering(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	for n := range 71 {
		a, b := make([]uint8, n), make([]uint8, n)
		var want int64
		for p := range a {
			a[p] = uint8(rng.IntN(256))
			b[p] = a[p] ^ 1<<rng.IntN(8)*uint8(rng.IntN(2))
			if a[p] != b[p] {
				want++
			}
		}
		if got := differing(a, b); got != want {
			t.Errorf("n=%d: differing = %d, want %d", n, got, want)
		}
	}
}

func TestNextChange(t *testing.T) {
	for n := 1; n <= 40; n++ {
		for change := 1; change <= n; change++ {
			r := make([]uint8, n)
			for p := change; p < n; p++ {
				r[p] = uint8(128 + p%2)
			}
			for j := range change {
				if got := nextChange(r, j); got != change {
					t.Fatalf("n=%d: nextChange from %d = %d, want %d", n, j, got, change)
				}
			}
		}
	}
}

func TestHalfMap(t *testing.T) {
	for _, tt := range []struct {
		name  string
		lines []string
		want  []uint8
	}{
		{"single point", []string{"a"}, []uint8{1}},
		{"two by two", []string{"ab", "cd"}, []uint8{1}},
		{"three by three", []string{"abc", "def", "ghi"}, []uint8{1, 3, 7, 9}},
		{"two by five", []string{"abcde", "fghij"}, []uint8{1, 3, 5}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, s := draw(tt.lines...)
			half := make([]uint8, s.Half().Points())
			if HalfMap(half, m, s); !slices.Equal(half, tt.want) {
				t.Errorf("HalfMap = %v, want %v", half, tt.want)
			}
		})
	}
	s := ShapeOf(rectangle(5, 4))
	if h := s.Half(); h != (Shape{Rows: 3, Columns: 2, Step0: 2, Step1: 2, Extent0: 4, Extent1: 2}) {
		t.Errorf("half of %+v is %+v", s, h)
	}
}
