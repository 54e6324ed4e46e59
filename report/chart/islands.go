package chart

import (
	"math"
	"slices"
)

// island is one island as it is drawn.
type island struct {
	label  int32
	class  int
	points int // of the grid

	// The smallest rectangle about its points, in pixels.
	from, to place

	deepest   place   // middle of the pixel farthest from its rim, or of a small island
	clearance float64 // pixels from there to the rim, or half the extent of a small island
}

// place is a place in a picture, in pixels from its top left corner.
type place struct{ x, y float64 }

// Islands of fewer points than fewPoints, and those less than fewPixels thin lines across,
// get a ring: their outlines would be specks, or not theirs at all, since slivers may
// join with other regions in the smooth picture.
const (
	fewPoints = 6
	fewPixels = 10
)

// small reports whether an island gets a ring instead of an outline.
func (m *classMap) small(is island) bool {
	return is.points < fewPoints || max(is.to.x-is.from.x, is.to.y-is.from.y) < fewPixels*m.thin
}

// findIslands finds the islands, in the order of their labels, and marks the pixels of the
// large ones: those of the class that hang together with a point of the island and lie
// within a step of the grid of one.
func (m *classMap) findIslands(f Regions) {
	m.marks = make([]int32, len(m.classes))
	at := map[int32]int{}
	points := f.islandPoints()
	for p, label := range f.Islands {
		if label == 0 {
			continue
		}
		if _, known := at[label]; !known {
			at[label] = len(m.islands)
			m.islands = append(m.islands, island{label: label, class: classAt(f.Pre, p), from: place{math.Inf(1), math.Inf(1)}})
		}
		m.islands[at[label]].add(m.placeOf(f, p))
	}
	for i := range m.islands {
		is := &m.islands[i]
		is.deepest = place{(is.from.x + is.to.x) / 2, (is.from.y + is.to.y) / 2}
		is.clearance = max(is.to.x-is.from.x, is.to.y-is.from.y) / 2
		if !m.small(*is) {
			m.flood(f, is.label, points[is.label])
		}
	}
	m.findDeepest(at)
	slices.SortFunc(m.islands, func(a, b island) int { return int(a.label - b.label) })
}

// islandPoints returns the grid points of each island.
func (f Regions) islandPoints() map[int32][]int {
	points := map[int32][]int{}
	for p, label := range f.Islands {
		if label != 0 {
			points[label] = append(points[label], p)
		}
	}
	return points
}

// add counts a point of the island.
func (is *island) add(at place) {
	is.points++
	is.from = place{min(is.from.x, at.x), min(is.from.y, at.y)}
	is.to = place{max(is.to.x, at.x), max(is.to.y, at.y)}
}

// placeOf returns where grid point p lies.
func (m *classMap) placeOf(f Regions, p int) place {
	rows := f.Grid[1].Points
	return place{
		float64(p/rows) / float64(max(1, f.Grid[0].Points-1)) * float64(m.width),
		(1 - float64(p%rows)/float64(max(1, rows-1))) * float64(m.height),
	}
}

// pixelAt returns the pixel of a place.
func (m *classMap) pixelAt(at place) int {
	return min(int(at.y), m.height-1)*m.width + min(int(at.x), m.width-1)
}

// flood marks the pixels of an island that hang together with its points.
func (m *classMap) flood(f Regions, label int32, points []int) {
	var open []int
	add := func(i int) {
		if m.marks[i] == 0 {
			m.marks[i] = label
			open = append(open, i)
		}
	}
	class := uint8(classAt(f.Pre, points[0]))
	for _, p := range points {
		if i := m.pixelAt(m.placeOf(f, p)); m.classes[i] == class {
			add(i)
		}
	}
	for len(open) > 0 {
		i := open[len(open)-1]
		open = open[:len(open)-1]
		for _, j := range m.neighbours(i) {
			if j >= 0 && m.classes[j] == class && m.near(f, label, j) {
				add(j)
			}
		}
	}
}

// neighbours returns the four pixels beside a pixel, -1 for those outside the picture.
func (m *classMap) neighbours(i int) [4]int {
	list := [4]int{i - 1, i + 1, i - m.width, i + m.width}
	if x := i % m.width; x == 0 {
		list[0] = -1
	} else if x == m.width-1 {
		list[1] = -1
	}
	if list[3] >= len(m.classes) {
		list[3] = -1
	}
	return list
}

// near reports whether one of the four grid points around a pixel is of an island.
func (m *classMap) near(f Regions, label int32, i int) bool {
	columns, rows := f.Grid[0].Points, f.Grid[1].Points
	u := int((float64(i%m.width) + 0.5) / float64(m.width) * float64(columns-1))
	v := int((1 - (float64(i/m.width)+0.5)/float64(m.height)) * float64(rows-1))
	for _, p := range [...]int{u*rows + v, u*rows + v + 1, (u+1)*rows + v, (u+1)*rows + v + 1} {
		if p < len(f.Islands) && f.Islands[p] == label {
			return true
		}
	}
	return false
}

// findDeepest finds the pixels of the large islands that are farthest from their rims.
//
//	at  the islands' places in m.islands, by label
func (m *classMap) findDeepest(at map[int32]int) {
	deepest := make([]float32, len(m.islands))
	for i, label := range m.marks {
		if label == 0 {
			continue
		}
		if k := at[label]; m.inward[i] > deepest[k] {
			deepest[k] = m.inward[i]
			m.islands[k].deepest = place{float64(i%m.width) + 0.5, float64(i/m.width) + 0.5}
			m.islands[k].clearance = float64(m.inward[i])
		}
	}
}
