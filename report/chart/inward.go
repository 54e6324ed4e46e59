package chart

import "math"

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
