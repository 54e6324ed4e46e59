package analysis

import (
	"fmt"

	"nodal/schema"
)

// Shape is a grid of one or two axes as the statistics walk it. One axis of n
// points is a single row of n columns, a line; two axes of one point each make
// a rectangle, whose statistics differ: see [Edges.BorderChanges] and
// [Labeller.Count].
type Shape struct {
	Line             bool    // one axis only
	Rows, Columns    int     // points on the first and on the last axis; Rows is 1 for a line
	Step0, Step1     float64 // distance between neighbouring rows and columns, 0 for a single one
	Extent0, Extent1 float64 // length of the axes, 0 for a single point
}

// ShapeOf returns the shape of a grid. It panics unless the grid has one or
// two axes of at least one point.
func ShapeOf(grid schema.Grid) Shape {
	if len(grid) != 1 && len(grid) != 2 {
		panic(fmt.Sprintf("analysis: grid of %d axes, want 1 or 2", len(grid)))
	}
	s := Shape{Line: len(grid) == 1, Rows: 1}
	if !s.Line {
		s.Rows, s.Step0, s.Extent0 = measureAxis(grid[0])
	}
	s.Columns, s.Step1, s.Extent1 = measureAxis(grid[len(grid)-1])
	return s
}

func measureAxis(a schema.Axis) (points int, step, extent float64) {
	if a.Points < 1 {
		panic(fmt.Sprintf("analysis: axis of %d points, want at least 1", a.Points))
	}
	if a.Points == 1 {
		return 1, 0, 0
	}
	return a.Points, a.Step(), a.Extent()
}

// Points returns the number of grid points.
func (s Shape) Points() int { return s.Rows * s.Columns }

// check panics unless a slice has one value for every grid point of every output.
// It says what function name calls the slice.
func (s Shape) check(name, slice string, length, outputs int) {
	if want := outputs * s.Points(); length != want {
		panic(fmt.Sprintf("analysis: %s: len(%s) = %d, want %d, outputs·points = %d·%d",
			name, slice, length, want, outputs, s.Points()))
	}
}

// words returns the number of 64-bit words that hold one bit for every column.
func (s Shape) words() int { return (s.Columns + 63) / 64 }

// row returns row i of a field.
func row[T any](x []T, s Shape, i int) []T {
	return x[i*s.Columns : (i+1)*s.Columns]
}
