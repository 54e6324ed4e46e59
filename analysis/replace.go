package analysis

import (
	"math"

	"nodal/schema"
)

// Replacement gathers what refined networks of a group change of its means.
type Replacement struct {
	networks, unresolved int64
	points               int
	sums, squares        [4]Sum // of z - y and z² - y², y before and z after
}

// Add enters a refined network.
func (p *Replacement) Add(r *schema.Refined) {
	p.networks++
	if !r.Resolved {
		p.unresolved++
	}
	p.points = max(p.points, int(r.Resolution))
	for i, pair := range [4][2]float64{
		{float64(r.Crossings), float64(r.CrossingsRefined)}, {float64(r.Regions), float64(r.RegionsRefined)},
		{float64(r.Islands), float64(r.IslandsRefined)}, {r.BoundaryLength, r.BoundaryLengthRefined},
	} {
		y, z := pair[0], pair[1]
		p.sums[i].Add(z - y)
		p.squares[i].Add((z - y) * (z + y))
	}
}

// Replace sets Refined if exactly the group's unresolved networks were refined: the
// means of all finite networks with the refined counts in the place of theirs, and
// their standard errors, from sums that rounding changes by a few units of 2⁻⁵³ of
// the mean square.
func (s *Summary) Replace(p *Replacement, plane bool) {
	if p.networks != s.Unresolved || p.networks == 0 {
		return
	}
	n := float64(s.Finite())
	s.Refined = &Fine{Networks: p.networks, Points: p.points, Unresolved: float64(p.unresolved) / float64(p.networks), Plane: plane}
	for i, before := range s.means() {
		mean := before.Mean + p.sums[i].Value()/n
		squares := before.StandardError*before.StandardError*(n-1) + before.Mean*before.Mean + p.squares[i].Value()/n // over n
		e := Estimate{Mean: mean}
		if n > 1 {
			e.StandardError = math.Sqrt(max(squares-mean*mean, 0) / (n - 1))
		}
		s.Refined.Counts[i] = e
	}
}
