package surface

import "math"

// nearby marks the cells of a grid that are near a change from one kind of grid point to
// another, so that elsewhere nothing need be computed about lines between them.
type nearby struct {
	marks []bool // [rows,columns], for the cells that begin at each point
}

// fit marks the cells whose corners differ in kind and those within reach of them.
//
//	kinds             [rows,columns]
//	reachU, reachV    cells along the two axes
func (m *nearby) fit(kinds []uint8, rows, columns, reachU, reachV int) {
	m.marks = resized(m.marks, rows*columns)
	clear(m.marks)
	for i := range rows - 1 {
		for j := range columns - 1 {
			at := i*columns + j
			k := kinds[at]
			m.marks[at] = kinds[at+1] != k || kinds[at+columns] != k || kinds[at+columns+1] != k
		}
	}
	for i := range rows {
		widen(m.marks[i*columns:], 1, columns, reachV)
	}
	for j := range columns {
		widen(m.marks[j:], columns, rows, reachU)
	}
}

// widen marks what is within reach of a mark along a line of n, stride apart.
func widen(marks []bool, stride, n, reach int) {
	left := 0
	for k := range n {
		left = widened(&marks[k*stride], left, reach)
	}
	left = 0
	for k := n - 1; k >= 0; k-- {
		left = widened(&marks[k*stride], left, reach)
	}
}

// widened marks a place if some are left to be marked and returns how many still are.
func widened(mark *bool, left, reach int) int {
	switch {
	case *mark:
		return reach
	case left > 0:
		*mark = true
		return left - 1
	}
	return 0
}

// lineReach returns how many cells of an axis of n points a line on the floor, some pixels
// wide, may reach.
func (c *camera) lineReach(n int, pixels float64) int {
	ground := (pixels/2 + 1.5) / (c.scale * max(c.sin, 0.1)) // in sides of the square
	return 1 + min(int(math.Ceil(ground*float64(n-1))), n)
}
