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
			for _, outputs := range outputsFor(1 + max(1, int(slices.Max(m)))) {
				_, e := pack(m, s, outputs)
				if got := e.Count(); got != tt.crossings {
					t.Errorf("outputs=%d: crossings = %d, want %d", outputs, got, tt.crossings)
				}
				if got := e.BorderChanges(); got != tt.border {
					t.Errorf("outputs=%d: border changes = %d, want %d", outputs, got, tt.border)
				}
			}
		})
	}
}

func TestLineCrossings(t *testing.T) {
	for _, tt := range []struct {
		name            string
		m               []uint8
		crossings, ends int64
	}{
		{"one point", []uint8{1}, 0, 0},
		{"uniform", []uint8{1, 1, 1}, 0, 0},
		{"once", []uint8{0, 1, 1}, 1, 1},
		{"twice", []uint8{0, 1, 0}, 2, 0},
		{"classes 0 2 1", []uint8{0, 2, 2, 1}, 2, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, e := pack(tt.m, ShapeOf(line(len(tt.m))), 3)
			if got := e.Count(); got != tt.crossings {
				t.Errorf("crossings = %d, want %d", got, tt.crossings)
			}
			if got := m.EndChanges(); got != tt.ends {
				t.Errorf("changes between the ends = %d, want %d", got, tt.ends)
			}
		})
	}
}

// Crossings, border changes and the map of every second point against one point
// at a time, on maps of rows that do not fill their words, one map after the
// other in the same memory.
func TestEdgesAndHalfAgainstBytes(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	for n := range 400 {
		s := ShapeOf(rectangle(1+rng.IntN(9), 1+rng.IntN(200)))
		if n%4 == 0 {
			s.Columns = 64 * (1 + rng.IntN(3))
		}
		classes := []int{2, 3, 5, 256}[n%4]
		for _, outputs := range outputsFor(classes) {
			e, half := NewEdges(s), NewClassMap(s, outputs).Half()
			for _, agree := range []float64{0, .9, 1} {
				m := randomMap(rng, s, classes, agree)
				p, _ := pack(m, s, outputs)
				e.Mark(p)
				wantCrossings, wantBorder := differs(m, s)
				if got, border := e.Count(), e.BorderChanges(); got != wantCrossings || border != wantBorder {
					t.Fatalf("%+v, %d outputs: %d crossings, %d on the border, want %d, %d",
						s, outputs, got, border, wantCrossings, wantBorder)
				}
				half.Halve(p)
				var want []uint8
				for k, class := range m {
					if k/s.Columns%2 == 0 && k%s.Columns%2 == 0 {
						want = append(want, class)
					}
				}
				if got := unpack(half); !slices.Equal(got, want) {
					t.Fatalf("%+v, %d outputs: every second point is %v, want %v", s, outputs, got, want)
				}
			}
		}
	}
}

// The changes between every second point of a line are those of its half map.
func TestHalfChanges(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for n := range 400 {
		s := ShapeOf(line(1 + n%200))
		classes := []int{2, 3, 5, 256}[n%4]
		for _, outputs := range outputsFor(classes) {
			p, _ := pack(randomMap(rng, s, classes, .7), s, outputs)
			half, e := p.Half(), NewEdges(s.Half())
			half.Halve(p)
			e.Mark(half)
			if got, want := p.halfChanges(), e.Count(); got != want {
				t.Fatalf("%d points, %d outputs: %d changes on every second point, want %d", s.Columns, outputs, got, want)
			}
		}
	}
}

func TestHalve(t *testing.T) {
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
			p, _ := pack(m, s, 11)
			half := p.Half()
			if half.Halve(p); !slices.Equal(unpack(half), tt.want) {
				t.Errorf("half map = %v, want %v", unpack(half), tt.want)
			}
		})
	}
	s := ShapeOf(rectangle(5, 4))
	if h := s.Half(); h != (Shape{Rows: 3, Columns: 2, Step0: 2, Step1: 2, Extent0: 4, Extent1: 2}) {
		t.Errorf("half of %+v is %+v", s, h)
	}
}
