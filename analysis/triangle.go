package analysis

import "math"

// triangle is one half of every cell. Its corners 0 and 2 lie on the diagonal.
type triangle struct {
	row1 int      // row of corner 1 in the cell; its column is the other one
	cuts [4]sides // by the lone corner; the last one is not used
}

// sides are the two sides of a triangle that meet in a lone corner, which the
// boundary parts from the other two.
type sides struct {
	lone                      int     // corner 0, 1 or 2; the second and the third are the next ones, 0 after 2
	atLone, atSecond, atThird int     // grid points of the corners from the cell's first
	second0, second1          float64 // vector from the lone corner to the second, in input units
	third0, third1            float64 // and to the third
}

type point struct{ x0, x1 float64 }

// halvesOf returns the two triangles that every cell of a shape is cut into.
func halvesOf(s Shape) [2]triangle {
	near, far, last := point{0, 0}, point{s.Step0, s.Step1}, s.Columns+1
	return [2]triangle{
		newTriangle(0, [3]int{0, 1, last}, [3]point{near, {0, s.Step1}, far}),
		newTriangle(1, [3]int{0, s.Columns, last}, [3]point{near, {s.Step0, 0}, far}),
	}
}

// newTriangle returns the triangle with the given corners: their grid points from
// the cell's first, and where they are.
func newTriangle(row1 int, offset [3]int, at [3]point) triangle {
	t := triangle{row1: row1}
	for k := range 3 {
		second, third := (k+1)%3, (k+2)%3
		t.cuts[k] = sides{
			k,
			offset[k], offset[second], offset[third],
			at[second].x0 - at[k].x0, at[second].x1 - at[k].x1,
			at[third].x0 - at[k].x0, at[third].x1 - at[k].x1,
		}
	}
	return t
}

// length returns the length of the chord on which a linear function is zero.
//
//	lone               its value in the lone corner, of a sign of its own, zero
//	                   counting as positive
//	toSecond, toThird  by how much that is above its values in the other corners
//
// The chord's ends divide the sides as lone/toSecond and lone/toThird. Both shares
// are brought over one denominator, which cannot overflow or vanish for
// differences of float32 values and sides in their range.
func (s *sides) length(lone, toSecond, toThird float64) float64 {
	d0 := float64(toSecond*s.third0) - float64(toThird*s.second0)
	d1 := float64(toSecond*s.third1) - float64(toThird*s.second1)
	return float64(math.Abs(lone/(toSecond*toThird)) * math.Sqrt(float64(d0*d0)+float64(d1*d1)))
}
