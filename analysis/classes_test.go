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
		margin  []float64
	}{
		{"one output: sign", 1, []float32{2, -3}, []uint8{0, 1}, []float64{2, 3}},
		{"one output: both zeros are class A", 1, []float32{0, float32(math.Copysign(0, -1))}, []uint8{0, 0}, []float64{0, 0}},
		{"one output: least denormals", 1, []float32{tiny, -tiny}, []uint8{0, 1}, []float64{float64(tiny), float64(tiny)}},
		{"two outputs", 2, []float32{1, 5 /**/, 4, 3}, []uint8{1, 0}, []float64{3, 2}},
		{"ties go to the lowest", 3, []float32{1, 0, 7 /**/, 1, 2, 7 /**/, 1, 2, 7}, []uint8{0, 1, 0}, []float64{0, 0, 0}},
		{"runner-up before the winner", 3, []float32{2, 1 /**/, 1, 2 /**/, 4, 5}, []uint8{2, 2}, []float64{2, 3}},
		{"runner-up after the winner", 3, []float32{4 /**/, 1 /**/, 3}, []uint8{0}, []float64{1}},
		{"all negative", 3, []float32{-4 /**/, -1 /**/, -3}, []uint8{1}, []float64{2}},
		{"opposite ends of float32", 2, []float32{-math.MaxFloat32 /**/, math.MaxFloat32}, []uint8{1}, []float64{2 * math.MaxFloat32}},
		{"no points", 2, nil, []uint8{}, []float64{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, margin := make([]uint8, len(tt.m)), make([]float64, len(tt.m))
			Classify(m, margin, tt.pre, tt.outputs)
			if !slices.Equal(m, tt.m) || !slices.Equal(margin, tt.margin) {
				t.Errorf("Classify(%v) = %v, %v, want %v, %v", tt.pre, m, margin, tt.m, tt.margin)
			}
		})
	}
}

// Every number of points around the tile, with 256 outputs and many ties,
// against sorting.
func TestClassifyAgainstSort(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, outputs := range []int{2, 3, 256} {
		for _, points := range []int{1, 5, classifyTile - 1, classifyTile, classifyTile + 1, 2*classifyTile + 3} {
			pre := make([]float32, outputs*points)
			for k := range pre {
				pre[k] = float32(rng.IntN(2 * outputs))
			}
			m, margin := make([]uint8, points), make([]float64, points)
			Classify(m, margin, pre, outputs)
			for p := range points {
				column := make([]float32, outputs)
				for c := range column {
					column[c] = pre[c*points+p]
				}
				winner := slices.Index(column, slices.Max(column))
				slices.Sort(column)
				want := float64(column[outputs-1] - column[outputs-2])
				if int(m[p]) != winner || margin[p] != want {
					t.Fatalf("outputs=%d points=%d: point %d: class %d margin %v, want %d, %v",
						outputs, points, p, m[p], margin[p], winner, want)
				}
			}
		}
	}
}

func TestCountClasses(t *testing.T) {
	for n := range 20 {
		m := make([]uint8, n)
		want := make([]int64, 3)
		for p := range m {
			m[p] = uint8(p * p % 3)
			want[m[p]]++
		}
		counts := []int64{9, 9, 9}
		if CountClasses(counts, m); !slices.Equal(counts, want) {
			t.Errorf("CountClasses of %v = %v, want %v", m, counts, want)
		}
	}
}

func TestMargins(t *testing.T) {
	for _, tt := range []struct {
		name        string
		margin      []float64
		mean, least float64
		zeros       int64
	}{
		{"one point", []float64{3}, 3, 3, 0},
		{"one tie", []float64{0}, 0, 0, 1},
		{"seven points, two ties", []float64{1, 0, 2, 3, 0, 4, 4}, 2, 0, 2},
		{"least at the end", []float64{5, 4, 3, 2, 1}, 3, 1, 0},
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

func TestMaxAbs(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	if got := MaxAbs(nil); got != 0 {
		t.Errorf("MaxAbs(nil) = %v, want 0", got)
	}
	for n := 1; n <= 9; n++ { // every position in lanes and tail
		for p := range n {
			x := make([]float32, n)
			x[p] = -2
			if got := MaxAbs(x); got != 2 {
				t.Errorf("MaxAbs(%v) = %v, want 2", x, got)
			}
			for _, bad := range []float32{nan, -nan, inf, -inf} {
				x[p] = bad
				if got := MaxAbs(x); finite(got) {
					t.Errorf("MaxAbs(%v) = %v, want it not finite", x, got)
				}
			}
		}
	}
	if got := MaxAbs([]float32{1, -math.MaxFloat32}); got != math.MaxFloat32 || !finite(got) {
		t.Errorf("MaxAbs of the largest float32 = %v, want it unchanged and finite", got)
	}
}
