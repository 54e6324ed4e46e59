package schema

import "math"

// Doubled returns the grid with one more point between every two neighbours on an
// axis, 2n-1 for n, and whether that can be: a step is at least what float32 tells
// apart, and there are at most 2³¹-1 points in all. Every second point is an old one,
// bit for bit, so that whatever was seen on the grid is seen on its double as well.
func (g Grid) Doubled() (Grid, bool) {
	doubled, points := make(Grid, len(g)), 1.0
	for i, a := range g {
		a.Points = 2*a.Points - 1
		if float64(a.Points) > a.mostPoints() {
			return nil, false
		}
		doubled[i] = a
		points *= float64(a.Points)
	}
	return doubled, points <= math.MaxInt32
}
