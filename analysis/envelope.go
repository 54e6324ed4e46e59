package analysis

import (
	"cmp"
	"math"
	"slices"
)

// candidate is an output that may be the largest somewhere in a triangle.
type candidate struct {
	class int
	f     values3
}

// envelope returns the length of the edges of the upper envelope of the
// outputs' linear interpolants in triangle t of the cell in row i and column j,
// whose corners differ in class.
//
// Each edge lies on a line f_i = f_j of two outputs, where no other output is
// larger. So every pair of candidates is cut once, the lower class first so that
// it gets the ties, and the chord clipped to f_i ≥ f_k for every other candidate
// k. Few outputs are candidates: mostly the winners of two corners.
func (b *Boundary) envelope(pre []float32, m *ClassMap, t *triangle, i, j int) float64 {
	winners := [3]int{m.class(i, j), m.class(i+t.row1, j+1-t.row1), m.class(i+1, j+1)}
	b.collect(pre, m.shape.Points(), i*m.shape.Columns+j, winners, t)
	var total float64
	for i := range b.candidates {
		for j := i + 1; j < len(b.candidates); j++ {
			d := difference(&b.candidates[i].f, &b.candidates[j].f)
			if s, ok := t.cut(&d); ok {
				total += float64(b.visible(s, &d, i, j) * s.length(d[s.lone], d[s.second], d[s.third]))
			}
		}
	}
	return total
}

// collect sets the candidates of a triangle, in order of class: the winners of
// its corners and every output that no candidate before it dominates. No two of
// them have the same values at all three corners: of equals only the lowest can
// win a corner, and it comes first among the others.
func (b *Boundary) collect(pre []float32, points, first int, winners [3]int, t *triangle) {
	b.candidates = b.candidates[:0]
	for k, class := range winners {
		if !slices.Contains(winners[:k], class) {
			b.candidates = append(b.candidates, candidate{class, cornersOf(pre, class*points+first, t)})
		}
	}
next:
	for class := range len(pre) / points {
		c := candidate{class, cornersOf(pre, class*points+first, t)}
		for n := range b.candidates { // a winner dominates itself
			if b.candidates[n].f.dominates(&c.f) {
				continue next
			}
		}
		b.candidates = append(b.candidates, c)
	}
	slices.SortFunc(b.candidates, func(x, y candidate) int { return cmp.Compare(x.class, y.class) })
}

// cut returns the sides of t that end where the linear function with values d at
// the corners is zero, or false if its sign, zero counting as positive, is the
// same at all corners.
func (t *triangle) cut(d *[3]float64) (*sides, bool) {
	s0, s1, s2 := d[0] >= 0, d[1] >= 0, d[2] >= 0
	switch {
	case s0 == s1 && s0 == s2:
		return nil, false
	case s1 == s2:
		return &t.cuts[0], true
	case s0 == s2:
		return &t.cuts[1], true
	}
	return &t.cuts[2], true
}

// visible returns the share of the chord between the sides s, on which candidates
// i and j are equal (d is their difference), where no other candidate is larger.
func (b *Boundary) visible(s *sides, d *[3]float64, i, j int) float64 {
	from, to := 0.0, 1.0
	for k := range b.candidates {
		if k == i || k == j {
			continue
		}
		g := difference(&b.candidates[i].f, &b.candidates[k].f)
		switch atP, atQ := s.ends(d, &g); {
		case atP == 0 && atQ == 0:
			if !separates(d, &g) {
				return 0
			}
		case atP >= 0 && atQ >= 0:
		case atP <= 0 && atQ <= 0:
			return 0
		case atP < 0:
			from = max(from, atP/(atP-atQ))
		default:
			to = min(to, atP/(atP-atQ))
		}
	}
	return max(0, to-from)
}

// ends returns the values, at the ends of the chord where d is zero, of the
// linear function with value g[k] at corner k. Their signs are right whenever the
// products of corner values are exact, as they are for values of up to 26
// significant bits.
func (s *sides) ends(d, g *[3]float64) (atP, atQ float64) {
	return valueAtZero(d[s.lone], d[s.second], g[s.lone], g[s.second]),
		valueAtZero(d[s.lone], d[s.third], g[s.lone], g[s.third])
}

// valueAtZero returns the value of a linear function, ga to gb, at the point
// where another, da to db of different sign, is zero.
func valueAtZero(da, db, ga, gb float64) float64 {
	return (float64(da*gb) - float64(db*ga)) / (da - db)
}

// separates reports whether the line f_i = f_j still parts i from j when a third
// output k is equal to both along the whole of it.
//
//	d  f_i - f_j at the corners
//	g  f_i - f_k at the corners
//
// Both vanish on one line, so g = λ·d, and f_k = (1-λ)·f_i + λ·f_j: k stays
// below the larger of the two on either side exactly if 0 < λ < 1. Outside it
// beats one of them everywhere on its side, and the edge belongs to k and the
// other. λ is 0 or 1 only for equal candidates, which there are none of.
func separates(d, g *[3]float64) bool {
	k := 0
	for corner := range d {
		if math.Abs(d[corner]) > math.Abs(d[k]) {
			k = corner
		}
	}
	lambda := g[k] / d[k]
	return 0 < lambda && lambda < 1
}
