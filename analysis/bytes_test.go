package analysis

// A class map of one byte per grid point is the simple form, that of the tests:
// here are the ways to and from the packed one.

// pack returns the class map m [P] of fields of some outputs in bits, and its
// edges.
func pack(m []uint8, s Shape, outputs int) (*ClassMap, *Edges) {
	p, e := NewClassMap(s, outputs), NewEdges(s)
	if outputs == 1 {
		f := make([]float32, len(m))
		for k, class := range m {
			f[k] = 1 - 2*float32(class)
		}
		p.classifySigns(f)
	} else {
		for k, class := range m {
			p.wins[int(class)*p.size()+k/s.Columns*p.words+k%s.Columns/64] |= 1 << (k % s.Columns % 64)
		}
		p.rank()
	}
	e.Mark(p)
	return p, e
}

// unpack returns a class map as bytes.
func unpack(p *ClassMap) []uint8 {
	var m []uint8
	for i := range p.shape.Rows {
		for j := range p.shape.Columns {
			m = append(m, uint8(p.classAt(i, j)))
		}
	}
	return m
}

// outputsFor returns the numbers of outputs that a field with so many classes may
// have: two classes may be those of one output.
func outputsFor(classes int) []int {
	if classes == 2 {
		return []int{1, 2}
	}
	return []int{classes}
}

// classify returns the class map of a field, its edges, and the margins of
// several outputs.
func classify(pre []float32, s Shape, outputs int) (*ClassMap, *Edges, []float32) {
	m, e := NewClassMap(s, outputs), NewEdges(s)
	var margin []float32
	if outputs > 1 {
		margin = make([]float32, s.Points())
	}
	m.Classify(margin, pre)
	e.Mark(m)
	return m, e, margin
}

// differs counts the edges along the axes whose ends differ, and those of them on
// a walk around the border, one edge after the other.
func differs(m []uint8, s Shape) (crossings, border int64) {
	count := func(i0, j0, i1, j1 int, sides int64) {
		if m[i0*s.Columns+j0] != m[i1*s.Columns+j1] {
			crossings++
			border += sides
		}
	}
	at := func(k, n int) (sides int64) {
		if k == 0 {
			sides++
		}
		if k == n-1 {
			sides++
		}
		return sides
	}
	for i := range s.Rows {
		for j := range s.Columns {
			if j+1 < s.Columns {
				count(i, j, i, j+1, at(i, s.Rows))
			}
			if i+1 < s.Rows {
				count(i, j, i+1, j, at(j, s.Columns))
			}
		}
	}
	return crossings, border
}
