package analysis

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"nodal/schema"
)

// Points one by one say the same as the packed class map.
func TestClassPointsAgreeWithClassMap(t *testing.T) {
	for _, outputs := range []int{1, 2, 3, 7} {
		for _, grid := range []schema.Grid{line(70), rectangle(9, 67)} {
			s := ShapeOf(grid)
			for _, noise := range []bool{false, true} {
				pre := randomField(uint64(outputs), grid, outputs, noise)
				class, margin := make([]uint8, s.Points()), make([]float32, s.Points())
				ClassPoints(class, margin, pre, outputs)

				m, want := NewClassMap(s, outputs), make([]float32, s.Points())
				m.Classify(want, pre)
				if outputs == 1 { // whose margins are nowhere kept
					for p, f := range pre {
						want[p] = max(f, -f)
					}
				}
				for p := range class {
					if k := m.classAt(p/s.Columns, p%s.Columns); int(class[p]) != k || margin[p] != want[p] {
						t.Fatalf("%d outputs, %v, point %d: class %d margin %g, want %d and %g", outputs, grid, p, class[p], margin[p], k, want[p])
					}
				}
			}
		}
	}
}

func TestClassPointsTies(t *testing.T) {
	class, margin := make([]uint8, 2), make([]float32, 2)
	ClassPoints(class, margin, []float32{1, 2, 5, 2, 5, 1}, 3)
	if !slices.Equal(class, []uint8{1, 0}) || !slices.Equal(margin, []float32{0, 0}) {
		t.Errorf("classes %v with margins %v, want 1 and 0 on ties", class, margin)
	}
	ClassPoints(class, margin, []float32{0, -3}, 1)
	if !slices.Equal(class, []uint8{0, 1}) || !slices.Equal(margin, []float32{0, 3}) {
		t.Errorf("classes %v with margins %v, want 0 for 0 and 1 for -3", class, margin)
	}
}

// Regions found point by point are as many, and as many of them islands, as those of
// the run-based labeller.
func TestRegionPointsAgreeWithLabeller(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, s := range []Shape{ShapeOf(line(65)), ShapeOf(rectangle(1, 9)), ShapeOf(rectangle(40, 30)), ShapeOf(rectangle(7, 130))} {
		for _, connectivity := range []int{4, 6, 8} {
			for _, agree := range []float64{0, .9} {
				class := randomMap(rng, s, 3, agree)
				region, island := RegionPoints(class, s, connectivity)
				m, e := pack(class, s, 3)
				regions, islands := make([]int64, 3), make([]int64, 3)
				largest := new(Labeller).Count(regions, islands, m, e, connectivity)

				sizes, got, gotIslands := make([]int64, len(island)), make([]int64, 3), make([]int64, 3)
				seen := map[int32]bool{}
				for p, r := range region {
					if sizes[r]++; !seen[r] {
						seen[r] = true
						got[class[p]]++
						if island[r] {
							gotIslands[class[p]]++
						}
					}
				}
				if !slices.Equal(got, regions) || !slices.Equal(gotIslands, islands) || slices.Max(sizes) != largest {
					t.Errorf("%s: %v regions, %v islands, largest %d; want %v, %v, %d",
						fmt.Sprintf("%d × %d, connectivity %d", s.Rows, s.Columns, connectivity), got, gotIslands, slices.Max(sizes), regions, islands, largest)
				}
			}
		}
	}
}
