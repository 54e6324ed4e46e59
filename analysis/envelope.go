package analysis

import (
	"cmp"
	"math"
	"slices"
)

// candidate is an output that may be the largest somewhere in a triangle.
type candidate struct {
	class int
	f     [3]float64 // values at the corners
}

// dominates reports whether a is at least b at every corner, and so in the whole
// triangle.
func (a *candidate) dominates(b *candidate) bool {
	return a.f[0] >= b.f[0] && a.f[1] >= b.f[1] && a.f[2] >= b.f[2]
}

// envelope returns the length of the edges of the upper envelope of the
// outputs' linear interpolants in one triangle whose corners differ in class:
// the grid points k, at the positions at.
//
// Each edge lies on a line f_i = f_j of two outputs, where no other output is
// larger. So every pair of candidates is cut once, the lower class first so that
// it gets the ties, and the chord clipped to f_i ≥ f_k for every other candidate
// k. Few outputs are candidates: mostly the winners of two corners.
func (b *Boundary) envelope(pre []float32, m []uint8, outputs int, k [3]int, at *[3]point) float64 {
	b.collect(pre, m, outputs, k)
	var total float64
	for i := range b.candidates {
		for j := i + 1; j < len(b.candidates); j++ {
			d := difference(&b.candidates[i], &b.candidates[j])
			if c, ok := cut(&d, at); ok {
				total += float64(b.visible(&c, &d, i, j) * c.length())
			}
		}
	}
	return total
}

// collect sets the candidates of a triangle, in order of class: the winners of
// its corners and every output that no candidate before it dominates. No two of
// them have the same values at all three corners: of equals only the lowest can
// win a corner, and it comes first among the others.
func (b *Boundary) collect(pre []float32, m []uint8, outputs int, k [3]int) {
	first, second, third := m[k[0]], m[k[1]], m[k[2]]
	b.candidates = append(b.candidates[:0], candidateOf(pre, len(m), int(first), k))
	if second != first {
		b.candidates = append(b.candidates, candidateOf(pre, len(m), int(second), k))
	}
	if third != first && third != second {
		b.candidates = append(b.candidates, candidateOf(pre, len(m), int(third), k))
	}
next:
	for class := range outputs {
		c := candidateOf(pre, len(m), class, k)
		for n := range b.candidates { // a winner dominates itself
			if b.candidates[n].dominates(&c) {
				continue next
			}
		}
		b.candidates = append(b.candidates, c)
	}
	slices.SortFunc(b.candidates, func(x, y candidate) int { return cmp.Compare(x.class, y.class) })
}

func candidateOf(pre []float32, points, class int, k [3]int) candidate {
	f := pre[class*points : (class+1)*points]
	return candidate{class, [3]float64{float64(f[k[0]]), float64(f[k[1]]), float64(f[k[2]])}}
}

func difference(a, b *candidate) [3]float64 {
	return [3]float64{a.f[0] - b.f[0], a.f[1] - b.f[1], a.f[2] - b.f[2]}
}

// visible returns the share of the chord c, on which candidates i and j are
// equal (d is their difference), where no other candidate is larger.
func (b *Boundary) visible(c *chord, d *[3]float64, i, j int) float64 {
	from, to := 0.0, 1.0
	for k := range b.candidates {
		if k == i || k == j {
			continue
		}
		g := difference(&b.candidates[i], &b.candidates[k])
		switch atP, atQ := c.values(d, &g); {
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
