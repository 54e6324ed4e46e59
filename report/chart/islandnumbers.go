package chart

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot/vg"
)

// mostNumbers is the number of islands up to which they are numbered.
const mostNumbers = 12

// islandNumbers writes the number of each island on it if it is large, else beside it.
// The largest come first; numbers without room are left out.
func (s *sheet) islandNumbers(f frame, m *classMap) {
	if len(m.islands) > mostNumbers {
		return
	}
	bySize := slices.SortedStableFunc(slices.Values(m.islands), func(a, b island) int { return cmp.Compare(b.clearance, a.clearance) })
	taken := m.rings(f)
	for _, is := range bySize {
		s.islandNumber(f, m, is, &taken)
	}
}

// rings returns the rectangles of the rings around small islands.
func (m *classMap) rings(f frame) []vg.Rectangle {
	var taken []vg.Rectangle
	for _, is := range m.islands {
		if m.small(is) {
			at, radius := m.on(f, is.deepest), vg.Length(m.ringRadius(is)/float64(m.width))*width(f.Rectangle)
			taken = append(taken, rectangle(at.X-radius, at.Y-radius, at.X+radius, at.Y+radius))
		}
	}
	return taken
}

// on returns where a place of the picture lies in the frame that it fills.
func (m *classMap) on(f frame, p place) vg.Point {
	return vg.Point{X: f.X(p.x / float64(m.width)), Y: f.Y(1 - p.y/float64(m.height))}
}

// islandNumber writes the number of an island where none of the rectangles is taken, and
// takes its own.
func (s *sheet) islandNumber(f frame, m *classMap, is island, taken *[]vg.Rectangle) {
	text, at := strconv.Itoa(int(is.label)), m.on(f, is.deepest)
	room := vg.Length(is.clearance/float64(m.width)) * width(f.Rectangle)
	ink := s.bold(0.8, inkOn(s.Class(is.class)))
	if r := around(at, ink.Width(text), 0.72*ink.Size); !m.small(is) && math.Hypot(float64(width(r)), float64(height(r)))/2 < float64(room-2*s.thin) {
		if !overlapsAny(r, *taken) {
			s.write(ink, text, at.X, r.Min.Y, middle)
			*taken = append(*taken, r)
		}
		return
	}
	if m.small(is) {
		room = vg.Length(m.ringRadius(is)/float64(m.width)) * width(f.Rectangle)
	}
	plate := s.bold(0.75, s.theme.Ink)
	if r, ok := beside(at, room+0.25*s.em, plate.Width(text)+0.4*plate.Size, 1.15*plate.Size, f.Rectangle, *taken); ok {
		s.fill(r, faded(s.theme.Ground, 0.75))
		s.write(plate, text, r.Min.X+0.2*plate.Size, r.Min.Y+0.23*plate.Size, left)
		*taken = append(*taken, r)
	}
}

// beside returns a rectangle of some size, so far from a point on the first of eight sides
// where it lies within a frame and over none of the rectangles that are taken.
func beside(at vg.Point, away, wide, tall vg.Length, frame vg.Rectangle, taken []vg.Rectangle) (r vg.Rectangle, ok bool) {
	const slanted = math.Sqrt2 / 2
	for _, d := range [...][2]vg.Length{{slanted, slanted}, {-slanted, slanted}, {slanted, -slanted}, {-slanted, -slanted}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
		middle := vg.Point{X: at.X + d[0]*away, Y: at.Y + d[1]*away}
		middle.X += sign(d[0]) * wide / 2
		middle.Y += sign(d[1]) * tall / 2
		r = around(middle, wide, tall)
		if r.Min.X >= frame.Min.X && r.Min.Y >= frame.Min.Y && r.Max.X <= frame.Max.X && r.Max.Y <= frame.Max.Y && !overlapsAny(r, taken) {
			return r, true
		}
	}
	return r, false
}

// sign returns -1, 0 or 1.
func sign(x vg.Length) vg.Length { return vg.Length(cmp.Compare(x, 0)) }

// around returns the rectangle of some size about a point.
func around(at vg.Point, wide, tall vg.Length) vg.Rectangle {
	return rectangle(at.X-wide/2, at.Y-tall/2, at.X+wide/2, at.Y+tall/2)
}

// overlapsAny reports whether a rectangle lies over one of others.
func overlapsAny(r vg.Rectangle, others []vg.Rectangle) bool {
	return slices.ContainsFunc(others, func(o vg.Rectangle) bool {
		return r.Min.X < o.Max.X && o.Min.X < r.Max.X && r.Min.Y < o.Max.Y && o.Min.Y < r.Max.Y
	})
}
