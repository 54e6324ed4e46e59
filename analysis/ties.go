package analysis

// tieLength returns the length of the class boundary of several outputs in 64
// triangles in a row.
//
//	steps  bit n: the class of triangle n changes from corner 0 to 1, from 1 to 2
//	i, j   first grid point of the first triangle's cell
//
// Nearly always two outputs share a triangle, and no third one comes up between
// the corners: then the boundary is the zero set of their difference, the lower
// class first so that it gets the ties. All else is left to envelope, which would
// say the same of these.
func (b *Boundary) tieLength(pre []float32, m *ClassMap, t *triangle, steps [2]uint64, i, j int) float64 {
	points := m.shape.Points()
	var total float64
	for x := steps[0] | steps[1]; x != 0; x &= x - 1 {
		n := lowest(x)
		first := i*m.shape.Columns + j + n
		low, high, lone := m.share(t, steps[0]>>n&1|steps[1]>>n&1<<1, i, j+n)
		if lone < 0 {
			total += b.envelope(pre, m, t, i, j+n)
			continue
		}
		f, g := cornersOf(pre, low*points+first, t), cornersOf(pre, high*points+first, t)
		if between(pre, points, first, low, high, &f, &g, t) {
			total += b.envelope(pre, m, t, i, j+n)
			continue
		}
		d := difference(&f, &g)
		cut := &t.cuts[lone]
		total += cut.length(d[cut.lone], d[cut.second], d[cut.third])
	}
	return total
}

// share returns the two classes, the lower one first, that share triangle t of
// the cell in row i and column j, and the corner that one of them has alone; this
// is negative if three classes meet.
//
//	step  bit 0: the class changes from corner 0 to 1, bit 1: from 1 to 2
func (m *ClassMap) share(t *triangle, step uint64, i, j int) (low, high, lone int) {
	lone = loneCorner[step]
	if len(m.present) == 2 {
		return m.present[0], m.present[1], lone
	}
	zero, one := m.class(i, j), 0
	if step&1 != 0 {
		one = m.class(i+t.row1, j+1-t.row1)
		if step&2 != 0 && m.class(i+1, j+1) != zero {
			return 0, 0, -1
		}
	} else {
		one = m.class(i+1, j+1)
	}
	return min(zero, one), max(zero, one), lone
}

// values3 are the values of an output at the corners of a triangle.
type values3 [3]float32

// cornersOf returns the values of a field at the corners of the triangle t of
// the cell that begins at grid point k.
func cornersOf(f []float32, k int, t *triangle) values3 {
	return values3{f[k+t.offset[0]], f[k+t.offset[1]], f[k+t.offset[2]]}
}

// dominates reports whether a is at least b at every corner, and so in the whole
// triangle.
func (a *values3) dominates(b *values3) bool {
	return a[0] >= b[0] && a[1] >= b[1] && a[2] >= b[2]
}

// between reports whether some output other than low and high, with values f and
// g, may be larger than both somewhere in the triangle.
func between(pre []float32, points, first, low, high int, f, g *values3, t *triangle) bool {
	for k, at := 0, first; at < len(pre); k, at = k+1, at+points {
		if k == low || k == high {
			continue
		}
		if v := cornersOf(pre, at, t); !f.dominates(&v) && !g.dominates(&v) {
			return true
		}
	}
	return false
}

func difference(a, b *values3) [3]float64 {
	return [3]float64{
		float64(a[0]) - float64(b[0]),
		float64(a[1]) - float64(b[1]),
		float64(a[2]) - float64(b[2]),
	}
}
