package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestClassify(t *testing.T) {
	tiny := float32(math.SmallestNonzeroFloat32)
	for _, tt := range []struct {
		name    string
		outputs int
		pre     []float32
		m       []uint8
		margin  []float32
	}{
		{"one output: sign", 1, []float32{2, -3}, []uint8{0, 1}, nil},
		{"one output: both zeros are class A", 1, []float32{0, float32(math.Copysign(0, -1))}, []uint8{0, 0}, nil},
		{"one output: least denormals", 1, []float32{tiny, -tiny}, []uint8{0, 1}, nil},
		{"two outputs", 2, []float32{1, 5 /**/, 4, 3}, []uint8{1, 0}, []float32{3, 2}},
		{"ties go to the lowest", 3, []float32{1, 0, 7 /**/, 1, 2, 7 /**/, 1, 2, 7}, []uint8{0, 1, 0}, []float32{0, 0, 0}},
		{"runner-up before the winner", 3, []float32{2, 1 /**/, 1, 2 /**/, 4, 5}, []uint8{2, 2}, []float32{2, 3}},
		{"runner-up after the winner", 3, []float32{4 /**/, 1 /**/, 3}, []uint8{0}, []float32{1}},
		{"all negative", 3, []float32{-4 /**/, -1 /**/, -3}, []uint8{1}, []float32{2}},
		{"opposite ends of float32", 2, []float32{-math.MaxFloat32 /**/, math.MaxFloat32}, []uint8{1}, []float32{math.MaxFloat32}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, _, margin := classify(tt.pre, ShapeOf(line(len(tt.m))), tt.outputs)
			if !slices.Equal(unpack(m), tt.m) || !slices.Equal(margin, tt.margin) {
				t.Errorf("Classify(%v) = %v, %v, want %v, %v", tt.pre, unpack(m), margin, tt.m, tt.margin)
			}
		})
	}
}

// Rows that fill words and that do not, with up to 256 outputs and many ties,
// against sorting.
func TestClassifyAgainstSort(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, outputs := range []int{1, 2, 3, 256} {
		for _, columns := range []int{1, 5, 63, 64, 65, 130} {
			s := ShapeOf(rectangle(3, columns))
			pre := make([]float32, outputs*s.Points())
			for k := range pre {
				pre[k] = float32(rng.IntN(2*outputs+1) - outputs/2 - 1)
			}
			m, _, margin := classify(pre, s, outputs)
			counts := make([]int64, max(2, outputs))
			for p, class := range unpack(m) {
				column := make([]float32, outputs)
				for c := range column {
					column[c] = pre[c*s.Points()+p]
				}
				if outputs == 1 {
					column = append(column, 0)
				}
				winner := slices.Index(column, slices.Max(column))
				counts[winner]++
				slices.Sort(column)
				if int(class) != winner {
					t.Fatalf("outputs=%d columns=%d: point %d has class %d, want %d", outputs, columns, p, class, winner)
				}
				if want := column[len(column)-1] - column[len(column)-2]; outputs > 1 && margin[p] != want {
					t.Fatalf("outputs=%d columns=%d: point %d has margin %v, want %v", outputs, columns, p, margin[p], want)
				}
			}
			checkCounts(t, m, counts)
		}
	}
}

// checkCounts checks what a class map says of its classes, and that it has no
// bits set after the last columns.
func checkCounts(t *testing.T, m *ClassMap, counts []int64) {
	t.Helper()
	var present []int
	for c, n := range counts {
		if n > 0 {
			present = append(present, c)
		}
	}
	if !slices.Equal(m.counts, counts) || !slices.Equal(m.present, present) {
		t.Errorf("counts %v, present %v, want %v, %v", m.counts, m.present, counts, present)
	}
	for w, x := range m.planes {
		if used := m.shape.Columns - w%m.words*64; used < 64 && x>>used != 0 {
			t.Errorf("word %d of the planes is %x, with only %d columns", w, x, used)
		}
	}
}

func TestMargins(t *testing.T) {
	for _, tt := range []struct {
		name        string
		margin      []float32
		mean, least float64
		zeros       int64
	}{
		{"one point", []float32{3}, 3, 3, 0},
		{"one tie", []float32{0}, 0, 0, 1},
		{"seven points, two ties", []float32{1, 0, 2, 3, 0, 4, 4}, 2, 0, 2},
		{"least at the end", []float32{5, 4, 3, 2, 1}, 3, 1, 0},
		{"one output, of both signs", []float32{-5, 4, -3, 2, float32(math.Copysign(0, -1)), 4}, 3, 0, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			mean, least, zeros := Margins(tt.margin)
			if mean != tt.mean || least != tt.least || zeros != tt.zeros {
				t.Errorf("Margins(%v) = %v, %v, %v, want %v, %v, %v",
					tt.margin, mean, least, zeros, tt.mean, tt.least, tt.zeros)
			}
		})
	}
}
