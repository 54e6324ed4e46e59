package analysis

// BorderChanges returns the number of class changes along the border of a
// rectangle.
//
// A closed walk leads around it, of 2·(rows-1) + 2·(columns-1) steps. A rectangle
// of a single row or column is walked there and back, so each change counts
// twice, and a single point has no step. A line has no such walk but two ends;
// see [ClassMap.EndChanges].
//
// This keeps, for two classes and connectivity 6,
//
//	regions = 1 + BorderChanges/2 + islands.
//
// For every curve of the interpolant's zero set cuts one region in two. The
// curves are arcs, which end on the border at two class changes, and closed
// curves, each of which is the outer boundary of one island.
func (e *Edges) BorderChanges() int64 {
	return ones(e.row(e.along, 0)) + ones(e.row(e.along, e.shape.Rows-1)) +
		e.column(0) + e.column(e.shape.Columns-1)
}

// EndChanges returns the class changes between the two ends of a line: 1 if
// they differ, else 0.
func (m *ClassMap) EndChanges() int64 {
	if m.rankAt(0, 0) != m.rankAt(0, m.shape.Columns-1) {
		return 1
	}
	return 0
}
