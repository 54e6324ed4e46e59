package analysis

// Boundary measures the length of class boundaries, reusing its memory. The
// zero value is ready. One goroutine at a time.
type Boundary struct {
	halves     [2]triangle
	pieces     []piece  // of one row of cells
	candidates []values // outputs that may be the largest somewhere in a triangle
}

// Length returns the length of the boundary between the classes of the
// piecewise-linear interpolant over the triangulated grid, in input units.
//
//	pre [C,P]  pre-activations, all finite
//	m          their class map
//	e          its edges
//
// One output: the zero set of its interpolant. Several outputs: where the
// argmax of their interpolants changes, the edges of their upper envelope. The
// length of a smooth boundary is right to O(h²), that of a straight one but for
// rounding, which is a few units of 2⁻⁵³ for each cell that the boundary meets.
//
// A grid point on an exact tie belongs to its class in the class map, as if that
// output were larger by a vanishing ε. So the zero set of one output that
// follows grid edges counts once if f changes sign there, twice if f is negative
// on both sides (a class without area has two of them) and not at all if it is
// positive on both.
//
// A line has no triangles: there the boundary is the number of crossings, and
// Length panics. A rectangle of a single row or column has length 0.
func (b *Boundary) Length(pre []float32, m *ClassMap, e *Edges) float64 {
	s := m.shape
	if s.Line {
		panic("analysis: Length: the grid is a line, want two axes")
	}
	s.check("Length", "pre", len(pre), m.outputs)
	b.halves = halvesOf(s)
	var total float64
	for i := 0; i+1 < s.Rows; i++ {
		b.pieces = appendPieces(b.pieces[:0], e, i)
		if m.outputs == 1 {
			total += b.zeroLength(row2(pre, s, i))
		} else {
			total += b.tieLength(pre, m, i)
		}
	}
	return total
}

// row2 returns rows i and i+1 of a field.
func row2(x []float32, s Shape, i int) []float32 {
	return x[i*s.Columns : (i+2)*s.Columns]
}

// piece is a triangle that the boundary meets, in some row of cells.
//
// A cell of one class holds no boundary, nor does such a triangle: where output
// i is the largest at the corners, i minus any other output is linear and not
// negative there, so it is not negative on their convex hull. In the others the
// class changes from corner 0 to 1, from 1 to 2, or both.
type piece struct {
	column int32 // of the cell
	half   uint8
	lone   uint8 // corner in which one of two classes is alone
}

// appendPieces appends the pieces in row i of the cells.
func appendPieces(pieces []piece, e *Edges, i int) []piece {
	upper, lower, across := e.row(e.along, i), e.row(e.along, i+1), e.row(e.across, i)
	for w, down := range across {
		if w == len(across)-1 { // the last column begins no cell
			down &= uint64(1)<<((e.shape.Columns-1)%64) - 1
		}
		right := across[w]>>1 | nextWord(across, w)<<63
		pieces = appendHalf(pieces, 0, upper[w], right, int32(w*64))
		pieces = appendHalf(pieces, 1, down, lower[w], int32(w*64))
	}
	return pieces
}

// loneCorners has two bits for each kind of triangle: the lone corner if only the
// step from corner 0 to 1 changes class (1), only that from 1 to 2 (2), or both
// (3). If there are two classes and both steps change, corners 0 and 2 agree.
const loneCorners = 0<<2 | 2<<4 | 1<<6

// appendHalf appends those of 64 triangles in a row whose class changes in the
// first step, from corner 0 to 1, or in the second, from 1 to 2.
func appendHalf(pieces []piece, half uint8, first, second uint64, column int32) []piece {
	for x := first | second; x != 0; x &= x - 1 {
		j := lowest(x)
		steps := first>>j&1 | second>>j&1<<1
		pieces = append(pieces, piece{column + int32(j), half, uint8(loneCorners >> (2 * steps) & 3)})
	}
	return pieces
}

// zeroLength returns the length of the zero set of f in the pieces of a row of
// cells.
//
//	f  the two rows of values
func (b *Boundary) zeroLength(f []float32) float64 {
	var total float64
	for _, p := range b.pieces {
		cut := &b.halves[p.half&1].cuts[p.lone&3]
		corners := f[p.column:]
		lone := float64(corners[cut.atLone])
		total += cut.length(lone, lone-float64(corners[cut.atSecond]), lone-float64(corners[cut.atThird]))
	}
	return total
}
