package analysis

// tieLength returns the length of the class boundary of several outputs in the
// pieces of row i of the cells.
//
// Nearly always two outputs share a triangle, and no third one comes up between
// the corners: then the boundary is the zero set of their difference, the lower
// class first so that it gets the ties. All else is left to envelope, which would
// say the same of these.
func (b *Boundary) tieLength(pre []float32, m *ClassMap, i int) float64 {
	points := m.shape.Points()
	var total float64
	for _, p := range b.pieces {
		t, j := &b.halves[p.half&1], int(p.column)
		first := i*m.shape.Columns + j
		low, high, third := m.winners(t, i, j)
		cut := &t.cuts[p.lone&3]
		f, g := cut.of(pre[low*points+first:]), cut.of(pre[high*points+first:])
		if third != low && third != high || m.outputs > 2 && between(pre[first:], points, f, g, cut) {
			total += b.envelope(pre[first:], points, [3]int{low, high, third}, t)
			continue
		}
		lone := float64(f.lone) - float64(g.lone)
		total += cut.length(lone,
			lone-(float64(f.second)-float64(g.second)), lone-(float64(f.third)-float64(g.third)))
	}
	return total
}

// winners returns the lowest and the highest class at the corners of triangle t of
// the cell in row i and column j, and the third one, which mostly is one of them.
func (m *ClassMap) winners(t *triangle, i, j int) (low, high, third int) {
	if len(m.present) == 2 {
		return m.present[0], m.present[1], m.present[0]
	}
	var rank0, rank1, rank2 uint64
	j0, j1, j2 := uint(j), uint(j+1-t.row1), uint(j+1)
	w0, w1, w2 := i*m.words+int(j0/64), (i+t.row1)*m.words+int(j1/64), (i+1)*m.words+int(j2/64)
	size := m.size()
	for planes, b := m.planes, 0; len(planes) > 0; planes, b = planes[size:], b+1 {
		rank0 |= planes[w0] >> (j0 % 64) & 1 << (b & 63)
		rank1 |= planes[w1] >> (j1 % 64) & 1 << (b & 63)
		rank2 |= planes[w2] >> (j2 % 64) & 1 << (b & 63)
	}
	lowest, highest := min(rank0, rank1, rank2), max(rank0, rank1, rank2)
	middle := rank0 ^ rank1 ^ rank2 ^ lowest ^ highest
	return m.present[lowest], m.present[highest], m.present[middle]
}

// values are those of an output at the corners of a triangle, in the order of
// sides.
type values struct{ lone, second, third float32 }

// of returns the values of a field at the corners of the triangle of a cell.
//
//	f  the field from the cell's first grid point on
func (s *sides) of(f []float32) values {
	return values{f[s.atLone], f[s.atSecond], f[s.atThird]}
}

// dominates reports whether a is at least b at every corner, and so in the whole
// triangle.
func (a values) dominates(b values) bool {
	return a.lone >= b.lone && a.second >= b.second && a.third >= b.third
}

// between reports whether some output other than two, with values f and g, may be
// larger than both somewhere in the triangle.
//
//	pre  from the cell's first grid point on
func between(pre []float32, points int, f, g values, s *sides) bool {
	least := values{lesser(f.lone, g.lone), lesser(f.second, g.second), lesser(f.third, g.third)}
	others := -f.above(least) - g.above(least)
	for at := 0; at < len(pre); at += points {
		others += s.of(pre[at:]).above(least)
	}
	if others == 0 { // all are at most the lesser of the two at every corner
		return false
	}
	for at := 0; at < len(pre); at += points {
		if v := s.of(pre[at:]); !f.dominates(v) && !g.dominates(v) {
			return true
		}
	}
	return false
}

// above returns 1 if a is larger than b at any corner, else 0, without a branch.
func (a values) above(b values) int {
	return larger(a.lone, b.lone) | larger(a.second, b.second) | larger(a.third, b.third)
}

func larger(a, b float32) int {
	if a > b {
		return 1
	}
	return 0
}

func lesser(a, b float32) float32 {
	if a < b {
		return a
	}
	return b
}
