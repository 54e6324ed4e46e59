package analysis

// BorderChanges returns the number of class changes along the grid's border.
//
//	m [P]  class map
//
// A line has two ends: 1 if their classes differ, else 0. A rectangle has a
// closed walk around it, of 2·(Rows-1) + 2·(Columns-1) steps. A rectangle of a
// single row or column is walked there and back, so each change counts twice,
// and a single point has no step.
//
// This keeps, for two classes and connectivity 6,
//
//	regions = 1 + BorderChanges/2 + islands.
//
// For every curve of the interpolant's zero set cuts one region in two. The
// curves are arcs, which end on the border at two class changes, and closed
// curves, each of which is the outer boundary of one island.
func BorderChanges(m []uint8, s Shape) int64 {
	last := len(m) - 1
	if s.Line {
		if m[0] != m[last] {
			return 1
		}
		return 0
	}
	top, bottom := row(m, s, 0), row(m, s, s.Rows-1)
	n := differing(top[:s.Columns-1], top[1:]) + differing(bottom[:s.Columns-1], bottom[1:])
	for i := s.Columns; i <= last; i += s.Columns {
		if m[i] != m[i-s.Columns] { // left side
			n++
		}
		if right := i + s.Columns - 1; m[right] != m[right-s.Columns] {
			n++
		}
	}
	return n
}
