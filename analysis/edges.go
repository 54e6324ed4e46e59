package analysis

import "math/bits"

// Edges marks the edges of the grid along the axes whose two ends differ in
// class.
type Edges struct {
	shape  Shape
	words  int      // of a row
	along  []uint64 // [Rows, words] bit j: columns j and j+1 of the row differ
	across []uint64 // [Rows-1, words] bit j: the row and the next one differ in column j
}

// NewEdges returns the edges of a grid, none of them marked.
func NewEdges(s Shape) *Edges {
	return &Edges{
		shape:  s,
		words:  s.words(),
		along:  make([]uint64, s.Rows*s.words()),
		across: make([]uint64, (s.Rows-1)*s.words()),
	}
}

// Mark marks the edges of a class map of the same shape: those on which any bit
// of the rank changes.
func (e *Edges) Mark(m *ClassMap) {
	clear(e.along)
	clear(e.across)
	for planes := m.planes; len(planes) > 0; planes = planes[len(e.along):] {
		plane := planes[:len(e.along)]
		e.markAlong(plane)
		e.markAcross(plane)
	}
	// The last column has no neighbour: the bits after it are zero, and so the
	// comparison with them is not an edge.
	end := uint64(1) << ((e.shape.Columns - 1) % 64)
	for w := e.words - 1; w < len(e.along); w += e.words {
		e.along[w] &= end - 1
	}
}

// markAlong adds the changes along the rows of a plane. What it says of a row's
// last column is wrong.
func (e *Edges) markAlong(plane []uint64) {
	along := e.along[:len(plane)]
	last := len(plane) - 1
	for w, x := range plane[:last] {
		along[w] |= x ^ (x>>1 | plane[w+1]<<63)
	}
	along[last] |= plane[last] ^ plane[last]>>1
}

// markAcross adds the changes between neighbouring rows of a plane.
func (e *Edges) markAcross(plane []uint64) {
	next := plane[e.words:][:len(e.across)]
	for w, x := range plane[:len(e.across)] {
		e.across[w] |= x ^ next[w]
	}
}

// Count returns the number of marked edges, the crossings: on a line the class
// changes, for one output the zero crossings.
func (e *Edges) Count() int64 { return ones(e.along) + ones(e.across) }

// row returns row i of along or of across.
func (e *Edges) row(edges []uint64, i int) []uint64 {
	return edges[i*e.words : (i+1)*e.words]
}

// column returns the number of marked edges across the rows in column j.
func (e *Edges) column(j int) int64 {
	var n uint64
	for w := j / 64; w < len(e.across); w += e.words {
		n += e.across[w] >> (j % 64) & 1
	}
	return int64(n)
}

// nextWord returns word w+1 of a row's words, 0 after the last.
func nextWord(x []uint64, w int) uint64 {
	if w+1 < len(x) {
		return x[w+1]
	}
	return 0
}

// lowest returns the index of the lowest bit set in x.
func lowest(x uint64) int { return bits.TrailingZeros64(x) }
