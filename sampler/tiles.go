package sampler

import "nodal/schema"

// tiles holds the coordinates of a grid, cut into tiles of consecutive places
// in an order of its own: that of the grid, or patch after patch.
type tiles struct {
	inputs, points int       // axes of the grid; points in all
	width          int       // points in every tile but the last
	coordinates    []float32 // tile after tile, each [K,p] with its points contiguous

	// The order: bands of rows of the grid, patches of columns in each, and in a
	// patch row after row. Bands and patches at the ends may be smaller.
	line          int // points in a row
	rows, columns int
}

// newTiles cuts the grid into tiles of width consecutive points.
func newTiles(grid schema.Grid, width int) tiles {
	t := tiles{line: grid.Points(), rows: 1, columns: grid.Points()}
	t.cut(grid, width)
	return t
}

// patchColumns is the number of points along the last axis in a patch: one
// vector of values, so that a row of a patch is written at once.
const patchColumns = 16

// newPatches cuts the grid into tiles of width points that lie close together
// along the last two axes: fewer kinks of the network run through each than
// through as many points of one line.
func newPatches(grid schema.Grid, width int) tiles {
	if len(grid) == 1 {
		return newTiles(grid, width)
	}
	t := tiles{line: grid[len(grid)-1].Points, rows: max(1, width/patchColumns), columns: patchColumns}
	t.cut(grid, width)
	return t
}

// cut fills in the coordinates, for tiles of width points.
func (t *tiles) cut(grid schema.Grid, width int) {
	t.inputs, t.points, t.width = len(grid), grid.Points(), width
	t.coordinates = make([]float32, t.inputs*t.points)
	for first := 0; first < t.points; first += width {
		x, p := t.at(first)
		for i := range p {
			point, _, _ := t.place(first + i)
			for k := len(grid) - 1; k >= 0; k-- {
				x[k*p+i] = grid[k].At(point % grid[k].Points)
				point /= grid[k].Points
			}
		}
	}
}

// at returns the coordinates [K,p] of the tile that begins at place first, a
// multiple of width, and its number of points p.
func (t *tiles) at(first int) (x []float32, p int) {
	p = min(t.width, t.points-first)
	return t.coordinates[first*t.inputs : (first+p)*t.inputs], p
}

// scatter copies the values y [C,p] of the tile that begins at place first to
// their points in field [C,P].
func (t *tiles) scatter(field, y []float32, first int) {
	outputs := len(field) / t.points
	p := len(y) / outputs
	if t.columns == t.points { // the grid's order
		for c := range outputs {
			copy(field[c*t.points+first:], y[c*p:(c+1)*p])
		}
		return
	}
	for i := 0; i < p; {
		point, rows, columns := t.place(first + i)
		for ; rows > 0 && i < p; rows-- {
			run := min(columns, p-i)
			for c := range outputs {
				to, from := field[c*t.points+point:][:run], y[c*p+i:][:run]
				if run == patchColumns { // no call
					*(*[patchColumns]float32)(to) = [patchColumns]float32(from)
				} else {
					copy(to, from)
				}
			}
			i += run
			point += t.line
		}
	}
}

// place returns the grid point at place i of the order and how the order goes on
// from there: that many rows of columns points each, one below the other.
func (t *tiles) place(i int) (point, rows, columns int) {
	row := i / (t.rows * t.line) * t.rows // the band's first
	i -= row * t.line
	rows = min(t.rows, t.points/t.line-row)
	column := i / (rows * t.columns) * t.columns // the patch's first
	i -= column * rows
	columns = min(t.columns, t.line-column)
	r, c := i/columns, i%columns
	point = (row+r)*t.line + column + c
	if c > 0 {
		return point, 1, columns - c
	}
	return point, rows - r, columns
}
