package analysis

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestTurningPoints(t *testing.T) {
	for _, tt := range []struct {
		name  string
		f     []float32
		noise float64
		want  int64
	}{
		{"empty", nil, 0, 0},
		{"one point", []float32{1}, 0, 0},
		{"constant", []float32{1, 1, 1}, 0, 0},
		{"rising", []float32{1, 2, 3}, 0, 0},
		{"peak", []float32{1, 2, 1}, 0, 1},
		{"valley", []float32{2, 1, 2}, 0, 1},
		{"flat peak", []float32{1, 2, 2, 2, 1}, 0, 1},
		{"plateau on a slope", []float32{1, 2, 2, 3}, 0, 0},
		{"plateau first", []float32{1, 1, 2, 1}, 0, 1},
		{"zigzag", []float32{0, 1, 0, 1, 0, 1}, 0, 4},
		{"moves of exactly the noise", []float32{0, 1, 0, 1, 0}, 1, 0},
		{"moves just above the noise", []float32{0, 1, 0, 1, 0}, .999, 3},
		{"wiggles on a slope", []float32{0, 2, 1.5, 3.5, 3, 5}, 1, 0},
		{"wiggles on both slopes of a peak", []float32{0, 2, 1.5, 5, 4.5, 4.75, 1, 1.5, 0}, 1, 1},
		{"slow descent below each step's noise", []float32{0, 3, 2.5, 2, 1.5, 1}, 1, 1},
		{"slow start", []float32{0, .5, 1, 1.5, 2, 0}, 1, 1},
		{"dip before the rise is no turn", []float32{1, .5, 3, 0}, 1, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := TurningPoints(tt.f, tt.noise); got != tt.want {
				t.Errorf("TurningPoints(%v, %v) = %d, want %d", tt.f, tt.noise, got, tt.want)
			}
		})
	}
}

// The filter finds the largest number of alternating moves, whatever the
// direction of time or value.
func TestTurningPointsIsLargest(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	for range 5000 {
		f := make([]float32, 1+rng.IntN(30))
		for p := range f {
			f[p] = float32(rng.IntN(8))
		}
		noise := float64(rng.IntN(4))
		want := mostTurns(f, noise)
		negative := make([]float32, len(f))
		for p, v := range f {
			negative[p] = -v
		}
		for name, g := range map[string][]float32{"": f, "negated ": negative, "reversed ": rotate(f)} {
			if got := TurningPoints(g, noise); got != want {
				t.Fatalf("%sTurningPoints(%v, %v) = %d, want %d", name, g, noise, got, want)
			}
		}
	}
}

// mostTurns returns one less than the largest number of alternating moves above
// noise between points in order, by trying all pairs.
func mostTurns(f []float32, noise float64) int64 {
	up, down := make([]int64, len(f)), make([]int64, len(f)) // most moves ending at a point, the last one up or down
	var moves int64
	for q := range f {
		for p := range q {
			d := float64(f[q]) - float64(f[p])
			if d > noise {
				up[q] = max(up[q], down[p]+1)
			}
			if -d > noise {
				down[q] = max(down[q], up[p]+1)
			}
		}
		moves = max(moves, up[q], down[q])
	}
	return max(0, moves-1)
}

func TestTurnCounter(t *testing.T) {
	var counter turnCounter
	for _, shape := range [][2]int{{1, 9}, {9, 1}, {2, 2}, {7, 15}, {33, 16}, {12, 17}, {5, 50}} {
		grid := rectangle(shape[0], shape[1])
		s := ShapeOf(grid)
		f := randomField(6, grid, 1, true)
		var want int64
		for i := range s.Rows {
			want += TurningPoints(row(f, s, i), .1)
		}
		for j := range s.Columns {
			column := make([]float32, s.Rows)
			for i := range column {
				column[i] = f[i*s.Columns+j]
			}
			want += TurningPoints(column, .1)
		}
		if got := counter.count(f, s, .1); got != want {
			t.Errorf("%d × %d: %d turning points, want %d", s.Rows, s.Columns, got, want)
		}
	}
}

// cos has one turn per half period, and rounding its values to float32 after
// adding a large offset makes steps of noise that do not count.
func TestTurningPointsOfCosine(t *testing.T) {
	f := make([]float32, 1001)
	for p := range f {
		f[p] = float32(1000 + math.Cos(4*math.Pi*float64(p)/1000))
	}
	if got := TurningPoints(f, TurnNoise*1001); got != 3 {
		t.Errorf("two periods of a cosine have %d turning points, want 3", got)
	}
}
