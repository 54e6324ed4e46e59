package analysis

import "math"

// envelope returns the length of the edges of the upper envelope of the
// outputs' linear interpolants in triangle t of a cell.
//
//	pre      from the cell's first grid point on
//	winners  classes of the corners, not all the same
//
// Each edge lies on a line f_i = f_j of two outputs, where no other output is
// larger. So every pair of candidates is cut once, the lower class first so that
// it gets the ties, and the chord clipped to f_i ≥ f_k for every other candidate
// k. Few outputs are candidates: mostly the winners of two corners.
func (b *Boundary) envelope(pre []float32, points int, winners [3]int, t *triangle) float64 {
	b.collect(pre, points, winners, &t.cuts[0])
	var total float64
	for i := range b.candidates {
		for j := i + 1; j < len(b.candidates); j++ {
			s := t.cut(difference(b.candidates[i], b.candidates[j]))
			if s == nil {
				continue
			}
			d := difference(b.candidates[i], b.candidates[j]).turned(s.lone)
			total += float64(b.visible(s, d, i, j) * s.length(d.lone, d.lone-d.second, d.lone-d.third))
		}
	}
	return total
}

// collect sets the candidates of a triangle, in order of class: the winners of
// its corners and every output that none of them and no candidate before it
// dominates. No two candidates have the same values at all three corners: of
// equals only the lowest can win a corner, and it comes first among the others.
func (b *Boundary) collect(pre []float32, points int, winners [3]int, s *sides) {
	won := [3]values{s.of(pre[winners[0]*points:]), s.of(pre[winners[1]*points:]), s.of(pre[winners[2]*points:])}
	b.candidates = b.candidates[:0]
next:
	for class := 0; class*points < len(pre); class++ {
		f := s.of(pre[class*points:])
		if class != winners[0] && class != winners[1] && class != winners[2] {
			if won[0].dominates(f) || won[1].dominates(f) || won[2].dominates(f) {
				continue
			}
			for _, c := range b.candidates {
				if c.dominates(f) {
					continue next
				}
			}
		}
		b.candidates = append(b.candidates, f)
	}
}

// gap is the difference of two outputs at the corners of a triangle, in the
// order of sides.
type gap struct{ lone, second, third float64 }

func difference(a, b values) gap {
	return gap{
		float64(a.lone) - float64(b.lone),
		float64(a.second) - float64(b.second),
		float64(a.third) - float64(b.third),
	}
}

// turned returns a gap in the order of the sides of lone corner k, if it is in
// that of corner 0.
func (d gap) turned(k int) gap {
	switch k {
	case 1:
		return gap{d.second, d.third, d.lone}
	case 2:
		return gap{d.third, d.lone, d.second}
	}
	return d
}

// cut returns the sides of t that end where a linear function is zero that has
// values d at the corners 0, 1 and 2, or nil if its sign, zero counting as
// positive, is the same at all corners.
func (t *triangle) cut(d gap) *sides {
	s0, s1, s2 := d.lone >= 0, d.second >= 0, d.third >= 0
	switch {
	case s0 == s1 && s0 == s2:
		return nil
	case s1 == s2:
		return &t.cuts[0]
	case s0 == s2:
		return &t.cuts[1]
	}
	return &t.cuts[2]
}

// visible returns the share of the chord between the sides s, on which candidates
// i and j are equal (d is their difference), where no other candidate is larger.
func (b *Boundary) visible(s *sides, d gap, i, j int) float64 {
	from, to := 0.0, 1.0
	for k := range b.candidates {
		if k == i || k == j {
			continue
		}
		g := difference(b.candidates[i], b.candidates[k]).turned(s.lone)
		switch atP, atQ := ends(d, g); {
		case atP == 0 && atQ == 0:
			if !separates(d, g) {
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
// linear function with the values g at the corners. Their signs are right whenever
// the products of corner values are exact, as they are for values of up to 26
// significant bits.
func ends(d, g gap) (atP, atQ float64) {
	return valueAtZero(d.lone, d.second, g.lone, g.second),
		valueAtZero(d.lone, d.third, g.lone, g.third)
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
func separates(d, g gap) bool {
	lambda, largest := g.lone/d.lone, math.Abs(d.lone)
	if a := math.Abs(d.second); a > largest {
		lambda, largest = g.second/d.second, a
	}
	if math.Abs(d.third) > largest {
		lambda = g.third / d.third
	}
	return 0 < lambda && lambda < 1
}
