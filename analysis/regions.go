package analysis

import "fmt"

// Labeller counts connected regions, reusing its memory: 14 bytes per run. The
// zero value is ready. One goroutine at a time.
//
// It labels runs, the maximal stretches of one class within a row, and not
// points: each run is joined with the runs of the row above that it touches, in
// a union-find forest where the lower index is the root. That is the run-based
// two-scan labelling of He, Chao and Suzuki (IEEE Transactions on Image
// Processing 17(5), 2008) with the array union-find of Wu, Otoo and Suzuki
// (Pattern Analysis and Applications 12, 2009) and path halving. The second
// scan only adds up, since nobody asks for the labels.
type Labeller struct {
	end    []int32 // column after the run's last; its first is the end of the run before it in its row
	parent []int32 // run above it in the forest, itself for a root; never a higher index
	points []int32 // grid points of the run, after the second scan of its whole region
	class  []uint8
	border []bool // touches the border
}

// Count writes the number of regions and islands of each class and returns the
// number of points of the largest region.
//
//	regions, islands [classes]  overwritten
//	m                [P]        class map, every value below classes
//
// A region is a maximal set of points of one class, connected along the axes
// and, at connectivity 6, along the diagonal (i,j)–(i+1,j+1) or, at 8, along
// both diagonals. An island does not touch the border: the two ends of a line,
// the outermost rows and columns of a rectangle. It panics if connectivity is
// not 4, 6 or 8; on a line the three are alike.
func (l *Labeller) Count(regions, islands []int64, m []uint8, s Shape, connectivity int) (largest int64) {
	left, right := reach(connectivity)
	l.end, l.parent, l.points = l.end[:0], l.parent[:0], l.points[:0]
	l.class, l.border = l.class[:0], l.border[:0]
	above := 0 // first run of the row above
	for i := range s.Rows {
		first := len(l.end)
		edge := !s.Line && (i == 0 || i == s.Rows-1)
		l.appendRuns(row(m, s, i), edge)
		if i > 0 {
			l.join(above, first, left, right)
		}
		above = first
	}
	return l.add(regions, islands)
}

// reach returns how many columns to the left and to the right a point's
// neighbours in the row above extend.
func reach(connectivity int) (left, right int32) {
	switch connectivity {
	case 4:
		return 0, 0
	case 6:
		return 1, 0
	case 8:
		return 1, 1
	}
	panic(fmt.Sprintf("analysis: connectivity %d, want 4, 6 or 8", connectivity))
}

// appendRuns appends the runs of one row, each a tree of its own.
func (l *Labeller) appendRuns(r []uint8, edge bool) {
	for j := 0; j < len(r); {
		k := nextChange(r, j)
		l.parent = append(l.parent, int32(len(l.parent)))
		l.end = append(l.end, int32(k))
		l.points = append(l.points, int32(k-j))
		l.class = append(l.class, r[j])
		l.border = append(l.border, edge || j == 0 || k == len(r))
		j = k
	}
}

// join unites the runs from first on, those of one row, with the runs of the
// row above, [above, first), that they touch.
func (l *Labeller) join(above, first int, left, right int32) {
	end, class := l.end, l.class
	p := above
	var from int32 // of run r
	for r := first; r < len(end); r++ {
		for end[p] <= from-left {
			p++ // ends before run r begins, and so before every later one
		}
		q := p
		for {
			if class[q] == class[r] {
				l.unite(int32(q), int32(r))
			}
			if end[q] >= end[r]+right || q+1 == first {
				break
			}
			q++
		}
		from = end[r]
	}
}

// unite joins the trees of runs a and b; the lower root stays a root.
func (l *Labeller) unite(a, b int32) {
	a, b = l.root(a), l.root(b)
	switch {
	case a < b:
		l.parent[b] = a
	case b < a:
		l.parent[a] = b
	}
}

// root returns the root of run r's tree and halves the path to it.
func (l *Labeller) root(r int32) int32 {
	parent := l.parent
	for parent[r] != r {
		parent[r] = parent[parent[r]]
		r = parent[r]
	}
	return r
}

// add sums the runs into their roots, from the last to the first: a parent
// comes before its children, so each run is complete when its turn comes.
func (l *Labeller) add(regions, islands []int64) (largest int64) {
	clear(regions)
	clear(islands)
	for r := len(l.parent) - 1; r >= 0; r-- {
		if root := l.parent[r]; int(root) != r {
			l.points[root] += l.points[r]
			l.border[root] = l.border[root] || l.border[r]
			continue
		}
		regions[l.class[r]]++
		if !l.border[r] {
			islands[l.class[r]]++
		}
		largest = max(largest, int64(l.points[r]))
	}
	return largest
}
