package surface

import (
	"math"

	"nodal/report/palette"
)

// classMap colours points by the largest of several functions.
type classMap struct {
	outputs []interpolant // of each class that may win somewhere
	colours []light       // theirs
	winners []uint8       // [rows,columns] index in outputs of the largest
	borders nearby        // cells near which the winner changes

	// creased is whether the largest output is the height of the surface, so that it has
	// sharp creases where the winner changes.
	creased bool

	values, spare []float32
}

// fit makes the map of a field that has outputs or classes, on a grid of rows × columns.
//
//	reachU, reachV  cells that lines between classes may reach
func (m *classMap) fit(f *Field, p *palette.Palette, rows, columns, reachU, reachV int) {
	m.colours = m.colours[:0]
	used := 0
	next := func(class int) *interpolant {
		if used++; used > len(m.outputs) {
			m.outputs = append(m.outputs, interpolant{})
		}
		m.colours = append(m.colours, lightOf(p.Class(class)))
		return &m.outputs[used-1]
	}
	m.values = resized(m.values, f.Rows*f.Columns)
	m.creased = len(f.Outputs) > 0 && f.isEnvelope()
	if len(f.Outputs) > 0 {
		for class, output := range f.Outputs {
			m.scale(output, f)
			m.fitOne(next(class), f, rows, columns)
		}
	} else {
		m.fitClasses(f, next, rows, columns)
	}
	m.outputs = m.outputs[:used]
	m.findWinners(rows, columns)
	m.borders.fit(m.winners, rows, columns, reachU, reachV)
}

// isEnvelope says whether Values are the largest of Outputs, and not of what comes before
// or after their activation.
func (f *Field) isEnvelope() bool {
	for i, x := range f.Values {
		largest := f.Outputs[0][i]
		for _, output := range f.Outputs[1:] {
			largest = max(largest, output[i])
		}
		if largest != x { // not-a-number too
			return false
		}
	}
	return true
}

// scale sets m.values to an output in the units in which all are compared: shares of the
// way from Low to High where those are wanted, else of the largest magnitude.
func (m *classMap) scale(output []float32, f *Field) {
	offset, per, most := 0.0, 1/largestOf(f.Outputs), 1.0
	if m.creased {
		offset, per, most = f.Low, 1/(f.High-f.Low), 1e6
	}
	for i, x := range output {
		z := (float64(x) - offset) * per
		if !(z > -most) { // not-a-number too
			z = -most
		}
		m.values[i] = float32(min(z, most))
	}
}

// largestOf returns the largest finite magnitude of several outputs, or 1 if all are 0.
func largestOf(outputs [][]float32) float64 {
	var most float64
	for _, output := range outputs {
		for _, x := range output {
			if a := math.Abs(float64(x)); a > most && a <= math.MaxFloat32 {
				most = a
			}
		}
	}
	if most == 0 {
		return 1
	}
	return most
}

// fitClasses makes an output of each class that occurs: 1 where it is and 0 elsewhere,
// blurred to round the corners of the grid.
func (m *classMap) fitClasses(f *Field, next func(class int) *interpolant, rows, columns int) {
	var occurs [256]bool
	for _, class := range f.Classes {
		occurs[class] = true
	}
	for class, yes := range occurs {
		if !yes {
			continue
		}
		m.values = resized(m.values, f.Rows*f.Columns)
		for i, c := range f.Classes {
			m.values[i] = 0
			if int(c) == class {
				m.values[i] = 1
			}
		}
		m.spare = resized(m.spare, len(m.values))
		soften(m.values, m.spare, f.Rows, f.Columns)
		m.fitOne(next(class), f, rows, columns)
	}
}

// soften blurs a grid four times with weights 1, 2, 1 along both axes; scratch is as long.
func soften(x, scratch []float32, rows, columns int) {
	for range 4 {
		for i := range rows {
			for j := range columns {
				left, right := max(j-1, 0), min(j+1, columns-1)
				line := x[i*columns:]
				scratch[i*columns+j] = (line[left] + 2*line[j] + line[right]) / 4
			}
		}
		for i := range rows {
			above, below := max(i-1, 0)*columns, min(i+1, rows-1)*columns
			for j := range columns {
				x[i*columns+j] = (scratch[above+j] + 2*scratch[i*columns+j] + scratch[below+j]) / 4
			}
		}
	}
}

// fitOne fits an interpolant to m.values, made coarser.
func (m *classMap) fitOne(p *interpolant, f *Field, rows, columns int) {
	m.values, m.spare = reduce(m.values, m.spare, f.Rows, f.Columns, rows, columns)
	p.fit(m.values, rows, columns)
	m.values = resized(m.values, f.Rows*f.Columns)
}

// findWinners finds the largest output at each grid point, the first of equals.
func (m *classMap) findWinners(rows, columns int) {
	m.winners = resized(m.winners, rows*columns)
	for i := range m.winners {
		best := 0
		for c := range m.outputs {
			if m.outputs[c].nodes[i][height] > m.outputs[best].nodes[i][height] {
				best = c
			}
		}
		m.winners[i] = uint8(best)
	}
}

// height returns the largest output at a point of the unit square.
func (m *classMap) height(x, y float32) float32 {
	at, _, _ := m.outputs[0].place(x, y)
	if !m.borders.marks[at] {
		return m.outputs[m.winners[at]].at(x, y)
	}
	z := float32(math.Inf(-1))
	for c := range m.outputs {
		z = max(z, m.outputs[c].at(x, y))
	}
	return z
}

// plane is the tangent plane of an output at some point.
type plane struct {
	output    int
	z, dx, dy float32
}

// first returns the tangent plane of the largest output at a point of the unit square and
// that of the second largest, if one is near.
func (m *classMap) first(x, y float32) (best, second plane, rivals bool) {
	at, _, _ := m.outputs[0].place(x, y)
	if !m.borders.marks[at] {
		best.output = int(m.winners[at])
		best.z, best.dx, best.dy = m.outputs[best.output].slope(x, y)
		return best, second, false
	}
	best.z, second.z = float32(math.Inf(-1)), float32(math.Inf(-1))
	for c := range m.outputs {
		p := plane{output: c}
		p.z, p.dx, p.dy = m.outputs[c].slope(x, y)
		if p.z > best.z {
			best, second = p, best
		} else if p.z > second.z {
			second = p
		}
	}
	return best, second, true
}

// at returns the colour of the class at a spot and how far, in pixels, the boundary to
// the next class is.
func (m *classMap) at(s *spot) (colour light, distance float32) {
	best, second, rivals := m.first(s.x, s.y)
	colour = m.colours[best.output]
	if !rivals {
		return colour, math.MaxFloat32
	}
	per := s.perPixel(best.dx-second.dx, best.dy-second.dy)
	distance = (best.z - second.z + 1e-7) / (per + 1e-10)
	return colour.mix(m.colours[second.output], max(0.5-distance, 0)), distance
}

// surface returns the colour of the surface at a spot: that of the class, lighter where
// it is high.
func (m *classMap) surface(s *spot, unit float64) light {
	colour, distance := m.at(s)
	colour = colour.times(0.55 + 0.65*s.h)
	return colour.mix(lineInk, 0.92*stroke(distance, float32(zeroWidth*unit)))
}

// floor returns the colour of the floor at a spot.
func (m *classMap) floor(s *spot, unit float64) light {
	colour, distance := m.at(s)
	return colour.mix(lineInk, 0.96*stroke(distance, float32(floorZeroWidth*unit)))
}
