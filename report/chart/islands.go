package chart

import (
	"image"
	"image/color"
	"math"
	"slices"

	"nodal/report/palette"
)

// distance estimates how many pixels the boundary of a pixel's class is away: its margin
// by the slope of the margin, kept within what the distance to the next pixel of another
// class allows.
func (m *classMap) distance(x, y int) float64 {
	i := y*m.width + x
	far := float64(m.inward[i])
	if far > rimReach {
		return far
	}
	class := int(m.classes[i])
	lead := func(x, y int) float64 {
		return float64(leadOf(m.values, min(max(y, 0), m.height-1)*m.width+min(max(x, 0), m.width-1), class))
	}
	slope := math.Hypot(lead(x+1, y)-lead(x-1, y), lead(x, y+1)-lead(x, y-1)) / 2
	if slope == 0 {
		return far
	}
	return min(max(float64(m.margins[i])/slope, far-1), far)
}

// rimReach is how many pixels from a boundary lines can be seen at most.
const rimReach = 16

// farAway is the distance from a boundary where there is none.
const farAway = 1e6

// measureInward sets for each pixel the distance to the nearest pixel of another class, by
// steps of 1 and √2 (Borgefors, Computer Vision, Graphics, and Image Processing 34, 1986,
// with exact lengths of the steps): at most 8 % too long.
func (m *classMap) measureInward() {
	m.inward = make([]float32, len(m.classes))
	for i := range m.inward {
		m.inward[i] = farAway
	}
	for i := range m.inward {
		m.nearer(i, -1)
	}
	for i := len(m.inward) - 1; i >= 0; i-- {
		m.nearer(i, 1)
	}
}

// nearer shortens the distance of pixel i by those of its neighbours that come before
// (-1) or after (1) it.
func (m *classMap) nearer(i, direction int) {
	x, y := i%m.width, i/m.width
	for _, step := range [...]struct {
		x, y   int
		length float32
	}{{1, 0, 1}, {-1, 1, math.Sqrt2}, {0, 1, 1}, {1, 1, math.Sqrt2}} {
		u, v := x+direction*step.x, y+direction*step.y
		if u < 0 || u >= m.width || v < 0 || v >= m.height {
			continue
		}
		j := v*m.width + u
		if m.classes[j] != m.classes[i] {
			m.inward[i], m.inward[j] = min(m.inward[i], step.length), min(m.inward[j], step.length)
		} else {
			m.inward[i] = min(m.inward[i], m.inward[j]+step.length)
		}
	}
}

// leadOf returns by how much a class leads at a place; less than 0 if it does not.
func leadOf(values [][]float32, i, class int) float32 {
	if len(values) == 1 {
		if class == 0 {
			return values[0][i]
		}
		return -values[0][i]
	}
	second := float32(math.Inf(-1))
	for c := range values {
		if c != class {
			second = max(second, values[c][i])
		}
	}
	return values[class][i] - second
}

// findIslands marks the pixels of each island: those of its class that hang together with
// one of its grid points.
func (m *classMap) findIslands(f Regions) {
	m.marks = make([]int32, len(m.classes))
	columns, rows := f.Grid[0].Points, f.Grid[1].Points
	seeds := map[int32][]int{}
	for p, label := range f.Islands {
		if label == 0 {
			continue
		}
		x := pixelAt(p/rows, columns, m.width)
		y := m.height - 1 - pixelAt(p%rows, rows, m.height)
		i := y*m.width + x
		if int(m.classes[i]) == classAt(f.Pre, p) {
			seeds[label] = append(seeds[label], i)
		}
	}
	labels := make([]int32, 0, len(seeds))
	for label := range seeds {
		labels = append(labels, label)
	}
	slices.Sort(labels)
	for _, label := range labels {
		m.flood(label, seeds[label])
		m.islands = append(m.islands, m.measure(label, seeds[label][0]))
	}
}

// pixelAt returns the pixel in which grid point i of n lies.
func pixelAt(i, n, pixels int) int {
	return min(i*pixels/max(1, n-1), pixels-1)
}

// flood marks the pixels of one class that hang together with the seeds.
func (m *classMap) flood(label int32, seeds []int) {
	open := slices.Clone(seeds)
	for _, i := range open {
		m.marks[i] = label
	}
	for len(open) > 0 {
		i := open[len(open)-1]
		open = open[:len(open)-1]
		x := i % m.width
		for _, j := range [...]int{i - 1, i + 1, i - m.width, i + m.width} {
			if j < 0 || j >= len(m.marks) || x == 0 && j == i-1 || x == m.width-1 && j == i+1 {
				continue
			}
			if m.marks[j] == 0 && m.classes[j] == m.classes[i] {
				m.marks[j] = label
				open = append(open, j)
			}
		}
	}
}

// measure finds the pixel of an island that is farthest from its rim.
func (m *classMap) measure(label int32, seed int) island {
	found := island{label: label, class: int(m.classes[seed])}
	best := float32(-1)
	for i, mark := range m.marks {
		if mark == label && m.inward[i] > best {
			best = m.inward[i]
			found.deepest.x, found.deepest.y = float64(i%m.width)+0.5, float64(i/m.width)+0.5
		}
	}
	found.clearance = float64(best)
	return found
}

// paintRims draws a light line with dark edges around each island.
func (m *classMap) paintRims(picture *image.RGBA, s *sheet, thin float64) {
	if len(m.islands) == 0 {
		return
	}
	near := m.nearIslands(int(math.Ceil(2.5*thin)) + 1)
	light, dark := color.RGBA{255, 255, 255, 255}, color.RGBA{16, 18, 24, 255}
	for i, is := range near {
		if !is {
			continue
		}
		x, y := i%m.width, i/m.width
		d := m.distance(x, y)
		c := picture.RGBAAt(x, y)
		c = palette.Mix(c, dark, min(max(2*thin+0.5-d, 0), 1))
		c = palette.Mix(c, light, min(max(thin+0.5-d, 0), 1))
		picture.SetRGBA(x, y, c)
	}
}

// nearIslands returns the pixels of islands and those at most so many steps away.
func (m *classMap) nearIslands(steps int) []bool {
	near := make([]bool, len(m.marks))
	var edge []int
	for i, mark := range m.marks {
		if mark != 0 {
			near[i] = true
			if m.inward[i] < 2 {
				edge = append(edge, i)
			}
		}
	}
	for range steps {
		var next []int
		for _, i := range edge {
			x := i % m.width
			for _, j := range [...]int{i - 1, i + 1, i - m.width, i + m.width} {
				if j < 0 || j >= len(near) || x == 0 && j == i-1 || x == m.width-1 && j == i+1 || near[j] {
					continue
				}
				near[j] = true
				next = append(next, j)
			}
		}
		edge = next
	}
	return near
}
