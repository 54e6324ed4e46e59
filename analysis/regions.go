package analysis

import "fmt"

// Labeller counts connected regions, reusing its memory: 24 bytes per run of two
// rows, and 12 per label. The zero value is ready. One goroutine at a time.
//
// It labels runs, the maximal stretches of one class within a row, and not
// points. Each run takes the label of a run of the row above that it touches, or
// a new one, and joins the labels of all others in a union-find forest where the
// lower label is the root: the run-based labelling of He, Chao and Suzuki (IEEE
// Transactions on Image Processing 17(5), 2008) with the array union-find of Wu,
// Otoo and Suzuki (Pattern Analysis and Applications 12, 2009) and path halving.
// Points are added up on the way, and nobody asks for the labels of points, so
// there is no second scan of the map.
type Labeller struct {
	above, runs []run // of the row above and of this one
	labels      []label
}

// run is a stretch of one class within a row. It begins where the run before it
// ends.
type run struct {
	end   int32 // column after its last
	label int32
	rank  int32 // of its class
}

// label is a tree of the forest, or a branch of one.
type label struct {
	parent int32 // label above it, itself for a root; never a higher one
	points int32 // grid points that carry it
	rank   int16 // of the class
	border bool  // touches the border
}

// Count writes the number of regions and islands of each class and returns the
// number of points of the largest region.
//
//	regions, islands [classes]  overwritten
//	m                           class map
//	e                           the edges of m
//
// A region is a maximal set of points of one class, connected along the axes
// and, at connectivity 6, along the diagonal (i,j)–(i+1,j+1) or, at 8, along
// both diagonals. An island does not touch the border: the two ends of a line,
// the outermost rows and columns of a rectangle. It panics if connectivity is
// not 4, 6 or 8; on a line the three are alike.
func (l *Labeller) Count(regions, islands []int64, m *ClassMap, e *Edges, connectivity int) (largest int64) {
	left, right := reach(connectivity)
	s := m.shape
	if s.Rows == 1 {
		return countRow(regions, islands, m, e)
	}
	l.runs, l.labels = l.runs[:0], l.labels[:0]
	for i := range s.Rows {
		l.above, l.runs = l.runs, l.above[:0]
		l.findRuns(m, e.row(e.along, i), i)
		if !l.continues() {
			l.join(left, right)
		}
		l.addRuns(i == 0 || i == s.Rows-1)
	}
	return l.add(regions, islands, m.present)
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

// countRow is Count for a single row, where every run is a region. All but the two
// at its ends are islands if it is a line.
func countRow(regions, islands []int64, m *ClassMap, e *Edges) (largest int64) {
	clear(regions)
	clear(islands)
	from := 0
	for w, x := range e.along {
		for ; x != 0; x &= x - 1 {
			to := w*64 + lowest(x) + 1
			class := m.classAt(0, from)
			regions[class]++
			if m.shape.Line && from > 0 {
				islands[class]++
			}
			largest = max(largest, int64(to-from))
			from = to
		}
	}
	regions[m.classAt(0, from)]++
	return max(largest, int64(m.shape.Columns-from))
}

// findRuns sets the runs of row i, whose changes of class are given.
func (l *Labeller) findRuns(m *ClassMap, changes []uint64, i int) {
	runs := l.runs
	rank := m.rankAt(i, 0)
	for w, x := range changes {
		for ; x != 0; x &= x - 1 {
			j := w*64 + lowest(x) + 1
			runs = append(runs, run{end: int32(j), rank: int32(rank)})
			if rank ^= 1; len(m.present) > 2 { // of two classes it is the other one
				rank = m.rankAt(i, j)
			}
		}
	}
	l.runs = append(runs, run{end: int32(m.shape.Columns), rank: int32(rank)})
}

// continues reports whether every run goes on from the one of the same number in
// the row above, as most rows of smooth functions do, and labels the runs if so:
// there are as many runs, of the same classes, and each has a column in common
// with its predecessor. Then no run touches another one of its class: between
// the two lies a run of another class, which would have no column left.
func (l *Labeller) continues() bool {
	runs, above := l.runs, l.above
	if len(runs) != len(above) {
		return false
	}
	var differ int32 // not 0 if the ranks of a pair differ or it has no common column
	var from int32   // where both runs of a pair have begun
	for r := range runs {
		to := min(runs[r].end, above[r].end)
		differ |= runs[r].rank ^ above[r].rank | (to-from-1)>>31
		from = max(runs[r].end, above[r].end)
		runs[r].label = above[r].label
	}
	return differ == 0
}

// join labels the runs by those of the row above that they touch.
func (l *Labeller) join(left, right int32) {
	above, runs := l.above, l.runs
	p := 0 // the first run above that ends late enough to be touched
	var from int32
	for r := range runs {
		run := &runs[r]
		for p < len(above) && above[p].end <= from-left {
			p++
		}
		root := int32(-1)
		for q := p; q < len(above); q++ {
			if above[q].rank == run.rank {
				root = l.unite(root, above[q].label)
			}
			if above[q].end >= run.end+right {
				break
			}
		}
		if root < 0 {
			root = int32(len(l.labels))
			l.labels = append(l.labels, label{parent: root, rank: int16(run.rank)})
		}
		run.label = root
		from = run.end
	}
}

// unite joins the tree of label b with that of root a, if a is not negative, and
// returns the root of both: the lower one.
func (l *Labeller) unite(a, b int32) int32 {
	labels := l.labels
	for labels[b].parent != b {
		labels[b].parent = labels[labels[b].parent].parent
		b = labels[b].parent
	}
	switch {
	case a < 0 || a == b:
		return b
	case a < b:
		labels[b].parent = a
		return a
	}
	labels[a].parent = b
	return b
}

// addRuns adds the points of the runs to their labels. All of them touch the
// border if the row is an edge of it, else the first and the last.
func (l *Labeller) addRuns(edge bool) {
	labels, runs := l.labels, l.runs
	var from int32
	for r := range runs {
		label := &labels[runs[r].label]
		label.points += runs[r].end - from
		label.border = label.border || edge
		from = runs[r].end
	}
	labels[runs[0].label].border = true
	labels[runs[len(runs)-1].label].border = true
}

// add sums the labels into their roots, from the last to the first: a parent
// comes before its children, so each label is complete when its turn comes.
func (l *Labeller) add(regions, islands []int64, present []int) (largest int64) {
	clear(regions)
	clear(islands)
	labels := l.labels
	for k := len(labels) - 1; k >= 0; k-- {
		label := &labels[k]
		if p := label.parent; int(p) != k {
			labels[p].points += label.points
			labels[p].border = labels[p].border || label.border
			continue
		}
		class := present[label.rank]
		regions[class]++
		if !label.border {
			islands[class]++
		}
		largest = max(largest, int64(label.points))
	}
	return largest
}
