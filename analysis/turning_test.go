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
			if len(tt.f) > 0 {
				if got := turns(tt.f, ShapeOf(line(len(tt.f))), tt.noise); got != tt.want {
					t.Errorf("%v, noise %v: the counter finds %d turning points, want %d", tt.f, tt.noise, got, tt.want)
				}
			}
			if got := everyPointTurns(tt.f, tt.noise); got != tt.want {
				t.Errorf("%v, noise %v: %d turning points, want %d", tt.f, tt.noise, got, tt.want)
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
			if got := everyPointTurns(g, noise); got != want {
				t.Fatalf("%s%v, noise %v: %d turning points, want %d", name, g, noise, got, want)
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

// everyPointTurns is the definition of turning points, one point of a line after
// the other.
func everyPointTurns(f []float32, noise float64) int64 {
	if len(f) == 0 {
		return 0
	}
	var turns int64
	heading := 0
	low, high := f[0], f[0] // since the last turn; only the one that f heads for has a meaning once there is a heading
	for _, v := range f {
		up, down := float64(v)-float64(low) > noise, float64(high)-float64(v) > noise
		switch {
		case heading <= 0 && up:
			turns -= int64(heading)
			heading, high = 1, v
		case heading >= 0 && down:
			turns += int64(heading)
			heading, low = -1, v
		default:
			low, high = min(low, v), max(high, v)
		}
	}
	return turns
}

// turns counts the turning points of a field by a counter of its own.
func turns(f []float32, s Shape, noise float64) int64 {
	counter := newTurnCounter(s)
	return counter.count(f, noise)
}

// The counter, which visits few points, against every point of every line: noise,
// plateaus, saturated and rounded fields, and steps of exactly the noise.
func TestTurnCounter(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 11))
	kinds := map[string]func(v float64) float64{
		"as it is":  func(v float64) float64 { return v },
		"saturated": func(v float64) float64 { return math.Tanh(8 * v) },
		"plateaus":  func(v float64) float64 { return math.Round(2 * v) },
		"clipped":   func(v float64) float64 { return max(0, v) },
		"wiggles":   func(v float64) float64 { return v + .1*rng.Float64() },
		"flat":      func(float64) float64 { return 3 },
	}
	for _, shape := range [][2]int{{1, 1}, {1, 9}, {9, 1}, {2, 2}, {2, 70}, {3, 3}, {7, 15}, {33, 16}, {12, 64}, {12, 65}, {5, 66}, {70, 129}, {200, 3}} {
		s := ShapeOf(rectangle(shape[0], shape[1]))
		for name, kind := range kinds {
			for n := range 12 {
				f := randomField(rng.Uint64(), rectangle(shape[0], shape[1]), 1, n%2 == 0)
				for p, v := range f {
					f[p] = float32(kind(float64(v)))
				}
				for _, noise := range []float64{0, TurnNoise, .1, .5, 1, 2} {
					var want int64
					for i := range s.Rows {
						want += everyPointTurns(row(f, s, i), noise)
					}
					for j := range s.Columns {
						column := make([]float32, s.Rows)
						for i := range column {
							column[i] = f[i*s.Columns+j]
						}
						want += everyPointTurns(column, noise)
					}
					if got := turns(f, s, noise); got != want {
						t.Errorf("%s, %v, noise %v: %d turning points, want %d", name, shape, noise, got, want)
					}
				}
			}
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
	if got := turns(f, ShapeOf(line(len(f))), TurnNoise*1001); got != 3 {
		t.Errorf("two periods of a cosine have %d turning points, want 3", got)
	}
}
