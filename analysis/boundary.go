package analysis

import (
	"fmt"
	"math"
)

// Boundary measures the length of class boundaries, reusing its memory. The
// zero value is ready. One goroutine at a time.
type Boundary struct {
	halves     [2]triangle
	candidates []candidate
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
	s, outputs := m.shape, m.classes-m.first
	if s.Line || len(pre) != outputs*s.Points() {
		panic(fmt.Sprintf("analysis: boundary of %d values, %d outputs, shape %+v", len(pre), outputs, s))
	}
	b.halves = halvesOf(s)
	var total float64
	for i := 0; i+1 < s.Rows; i++ {
		upper, lower, across := e.row(e.along, i), e.row(e.along, i+1), e.row(e.across, i)
		for w, down := range across {
			if w == len(across)-1 { // the last column begins no cell
				down &= uint64(1)<<((s.Columns-1)%64) - 1
			}
			for h, steps := range [2][2]uint64{
				{upper[w], across[w]>>1 | nextWord(across, w)<<63},
				{down, lower[w]},
			} {
				switch {
				case steps[0]|steps[1] == 0:
				case outputs == 1:
					total += b.halves[h].zeroLength(pre, steps, i*s.Columns+w*64)
				default:
					total += b.tieLength(pre, m, &b.halves[h], steps, i, w*64)
				}
			}
		}
	}
	return total
}

// triangle is one half of every cell. Its corners 0 and 2 lie on the diagonal.
//
// A cell of one class holds no boundary, nor does such a triangle: where output
// i is the largest at the corners, i minus any other output is linear and not
// negative there, so it is not negative on their convex hull. In the others the
// class changes from corner 0 to 1, from 1 to 2, or both; 64 triangles in a row
// are told apart by two words of bits, one for each of these steps.
type triangle struct {
	offset [3]int   // of the corners' grid points from the cell's first
	row1   int      // row of corner 1 in the cell; its column is the other one
	cuts   [3]sides // by the lone corner
}

// sides are the two sides of a triangle that meet in a lone corner, which the
// boundary parts from the other two.
type sides struct {
	lone, second, third       int   // corners
	atLone, atSecond, atThird int   // their grid points from the cell's first
	toSecond, toThird         point // vectors from the lone corner, in input units
}

type point struct{ x0, x1 float64 }

// loneCorner is the lone corner by what changes: bit 0 the step from corner 0 to
// 1, bit 1 that from 1 to 2. If there are two classes and both steps change, the
// corners 0 and 2 agree.
var loneCorner = [4]int{1: 0, 2: 2, 3: 1}

// halvesOf returns the two triangles that every cell of a shape is cut into.
func halvesOf(s Shape) [2]triangle {
	near, far, last := point{0, 0}, point{s.Step0, s.Step1}, s.Columns+1
	halves := [2]triangle{{offset: [3]int{0, 1, last}, row1: 0}, {offset: [3]int{0, s.Columns, last}, row1: 1}}
	halves[0].setCuts([3]point{near, {0, s.Step1}, far})
	halves[1].setCuts([3]point{near, {s.Step0, 0}, far})
	return halves
}

// setCuts sets the cuts of a triangle with corners at the given points.
func (t *triangle) setCuts(at [3]point) {
	for k := range t.cuts {
		second, third := (k+1)%3, (k+2)%3
		t.cuts[k] = sides{
			k, second, third,
			t.offset[k], t.offset[second], t.offset[third],
			at[second].minus(at[k]), at[third].minus(at[k]),
		}
	}
}

func (p point) minus(q point) point { return point{p.x0 - q.x0, p.x1 - q.x1} }

// zeroLength returns the length of the zero set of f in 64 triangles in a row.
//
//	steps  bit j: the class of triangle j changes from corner 0 to 1, from 1 to 2
//	first  grid point where the first triangle's cell begins
func (t *triangle) zeroLength(f []float32, steps [2]uint64, first int) float64 {
	var total float64
	for x := steps[0] | steps[1]; x != 0; x &= x - 1 {
		j := lowest(x)
		cut := &t.cuts[loneCorner[steps[0]>>j&1|steps[1]>>j&1<<1]]
		corners := f[first+j:]
		total += cut.length(float64(corners[cut.atLone]), float64(corners[cut.atSecond]), float64(corners[cut.atThird]))
	}
	return total
}

// length returns the length of the chord on which a linear function is zero that
// has the sign of its first value in the lone corner only, zero counting as
// positive.
func (s *sides) length(lone, second, third float64) float64 {
	p, q := lone/(lone-second), lone/(lone-third) // shares of the sides
	d0 := float64(q*s.toThird.x0) - float64(p*s.toSecond.x0)
	d1 := float64(q*s.toThird.x1) - float64(p*s.toSecond.x1)
	return math.Sqrt(float64(d0*d0) + float64(d1*d1))
}
