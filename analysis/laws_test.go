package analysis

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nodal/schema"
)

func TestMeasureLaws(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(field []float32, s Shape) ([]float32, Shape)
		forget func(row *schema.Row) // columns that the law does not keep
	}{
		{"rotation by 180° keeps everything", func(f []float32, s Shape) ([]float32, Shape) {
			return rotate(f), s
		}, func(*schema.Row) {}},
		{"transposition keeps everything", func(f []float32, s Shape) ([]float32, Shape) {
			t := transpose(f, s)
			s.Rows, s.Columns, s.Step0, s.Step1, s.Extent0, s.Extent1 = s.Columns, s.Rows, s.Step1, s.Step0, s.Extent1, s.Extent0
			return t, s
		}, func(*schema.Row) {}},
		{"negation swaps the classes", func(f []float32, s Shape) ([]float32, Shape) {
			for p := range f {
				f[p] = -f[p]
			}
			return f, s
		}, func(row *schema.Row) {
			swap(row.ClassFraction)
			swap(row.ClassRegions)
			swap(row.ClassIslands)
			row.ValueMin, row.ValueMax, row.ValueMean = -row.ValueMax, -row.ValueMin, -row.ValueMean
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			grid := schema.Grid{{From: -1, To: 1, Points: 13}, {From: 0, To: 3, Points: 21}} // odd, so that the half grid turns with it
			for _, connectivity := range []int{4, 6, 8} {
				for n := range 40 {
					pre := randomField(uint64(n), grid, 1, n%2 == 0)
					want := measure(grid, 1, connectivity, pre)
					changed, shape := tt.change(pre, ShapeOf(grid))
					var got schema.Row
					newMeasurer(shape, 1, connectivity).Measure(&got, changed, changed)
					tt.forget(&got)
					if diff := cmp.Diff(want, got, nearly); diff != "" {
						t.Fatalf("connectivity %d, field %d (-want +got):\n%s", connectivity, n, diff)
					}
				}
			}
		})
	}
}

func swap[T any](x []T) { x[0], x[1] = x[1], x[0] }

// A finer grid changes no region of a function that both grids resolve, and
// halves the error of its lengths at least.
func TestMeasureRefinement(t *testing.T) {
	annulus := func(x0, x1 float64) float64 { return math.Abs(math.Hypot(x0, x1)-.5) - .2 }
	length := 2 * math.Pi * (.3 + .7)
	previous := math.Inf(1)
	for _, n := range []int{41, 81, 161, 321} {
		grid := square(2, n)
		row := measure(grid, 1, 6, fieldOf(grid, annulus))
		if row.Regions != 3 || row.Islands != 2 || !row.Resolved {
			t.Errorf("n=%d: %d regions, %d islands, resolved %t, want 3, 2, true", n, row.Regions, row.Islands, row.Resolved)
		}
		off := math.Abs(row.BoundaryLength - length)
		if off > previous/2 {
			t.Errorf("n=%d: boundary is off by %v, on half the points by %v", n, off, previous)
		}
		previous = off
	}
}
