package analysis

import (
	"fmt"
	"math"
	"math/bits"
)

// Boundary measures the length of class boundaries, reusing its memory. The
// zero value is ready. One goroutine at a time.
type Boundary struct {
	candidates []candidate
}

// Length returns the length of the boundary between the classes of the
// piecewise-linear interpolant over the triangulated grid, in input units.
//
//	pre [C,P]  pre-activations, all finite
//	m   [P]    their class map, as written by [Classify]
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
func (b *Boundary) Length(pre []float32, m []uint8, s Shape, outputs int) float64 {
	if s.Line || len(m) != s.Points() || len(pre) != outputs*len(m) {
		panic(fmt.Sprintf("analysis: boundary of %d values, %d outputs, %d classified points, shape %+v",
			len(pre), outputs, len(m), s))
	}
	halves := halvesOf(s)
	var total float64
	for i := 0; i+1 < s.Rows; i++ {
		upper, lower := row(m, s, i), row(m, s, i+1)
		for j := nextMixedCell(upper, lower, 0); j+1 < s.Columns; j = nextMixedCell(upper, lower, j+1) {
			for h := range halves {
				total += b.inTriangle(pre, m, outputs, i*s.Columns+j, &halves[h])
			}
		}
	}
	return total
}

// nextMixedCell returns the first cell from j on whose four corners, the points
// j and j+1 of two neighbouring rows, are not all of one class, or
// len(upper)-1 if there is none.
//
// A cell of one class holds no boundary: where output i is the largest at the
// corners of a triangle, i minus any other output is linear and not negative at
// the corners, so it is not negative on their convex hull.
func nextMixedCell(upper, lower []uint8, j int) int {
	for ; j+9 <= len(upper); j += 8 {
		a := word(upper[j:])
		if x := (a ^ word(upper[j+1:])) | (a ^ word(lower[j:])) | (a ^ word(lower[j+1:])); x != 0 {
			return j + bits.TrailingZeros64(x)/8
		}
	}
	for ; j+1 < len(upper); j++ {
		if a := upper[j]; a != upper[j+1] || a != lower[j] || a != lower[j+1] {
			return j
		}
	}
	return len(upper) - 1
}

// triangle is one half of every cell. Its corners 0 and 2 lie on the diagonal.
type triangle struct {
	offset [3]int   // of the corners' grid points from the cell's first
	at     [3]point // corners in input units
}

type point struct{ x0, x1 float64 }

// halvesOf returns the two triangles that every cell of a shape is cut into.
func halvesOf(s Shape) [2]triangle {
	near, far, last := point{0, 0}, point{s.Step0, s.Step1}, s.Columns+1
	return [2]triangle{
		{[3]int{0, 1, last}, [3]point{near, {0, s.Step1}, far}},
		{[3]int{0, s.Columns, last}, [3]point{near, {s.Step0, 0}, far}},
	}
}

// inTriangle returns the length of the boundary in triangle t of the cell whose
// first grid point is given.
func (b *Boundary) inTriangle(pre []float32, m []uint8, outputs, first int, t *triangle) float64 {
	k0, k1, k2 := first+t.offset[0], first+t.offset[1], first+t.offset[2]
	if m[k0] == m[k1] && m[k0] == m[k2] {
		return 0
	}
	if outputs > 1 {
		return b.envelope(pre, m, outputs, [3]int{k0, k1, k2}, &t.at)
	}
	f := [3]float64{float64(pre[k0]), float64(pre[k1]), float64(pre[k2])}
	c, _ := cut(&f, &t.at)
	return c.length()
}

// chord is the part of a line within a triangle. Its ends lie on the two edges
// from the lone corner, which the line parts from the other two.
type chord struct {
	lone int   // corner
	p, q point // on the edges from lone to corners lone+1 and lone+2 (mod 3)
}

// cut returns the chord on which the linear function with value d[k] at corner
// at[k] is zero, or false if its sign, zero counting as positive, is the same at
// all corners.
func cut(d *[3]float64, at *[3]point) (c chord, ok bool) {
	s0, s1, s2 := d[0] >= 0, d[1] >= 0, d[2] >= 0
	switch {
	case s0 == s1 && s0 == s2:
		return c, false
	case s1 == s2:
		c.lone = 0
	case s0 == s2:
		c.lone = 1
	default:
		c.lone = 2
	}
	second, third := c.others()
	c.p = between(at[c.lone], at[second], d[c.lone], d[second])
	c.q = between(at[c.lone], at[third], d[c.lone], d[third])
	return c, true
}

// between returns the point on the edge from a to b where the linear function
// with values fa and fb, of different sign, is zero.
func between(a, b point, fa, fb float64) point {
	t := fa / (fa - fb)
	return point{
		a.x0 + float64(t*(b.x0-a.x0)),
		a.x1 + float64(t*(b.x1-a.x1)),
	}
}

func (c *chord) length() float64 {
	d0, d1 := c.q.x0-c.p.x0, c.q.x1-c.p.x1
	return math.Sqrt(float64(d0*d0) + float64(d1*d1))
}

// others returns the corners other than the lone one, p's before q's.
func (c *chord) others() (second, third int) {
	return (c.lone + 1) % 3, (c.lone + 2) % 3
}

// values returns the values at the chord's ends p and q of the linear function
// with value g[k] at corner k, where d is the function that was cut. Their
// signs are right whenever the products of corner values are exact, as they are
// for values of up to 26 significant bits.
func (c *chord) values(d, g *[3]float64) (atP, atQ float64) {
	second, third := c.others()
	return valueAtZero(d[c.lone], d[second], g[c.lone], g[second]),
		valueAtZero(d[c.lone], d[third], g[c.lone], g[third])
}

// valueAtZero returns the value of a linear function, ga to gb, at the point
// where another, da to db of different sign, is zero.
func valueAtZero(da, db, ga, gb float64) float64 {
	return (float64(da*gb) - float64(db*ga)) / (da - db)
}
