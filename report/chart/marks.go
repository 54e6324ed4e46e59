package chart

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// shapes is the number of different marks.
const shapes = 5

// mark draws the mark of configuration i: disc, square, triangle, diamond, plus.
func (s *sheet) mark(i int, at vg.Point, radius vg.Length, c color.Color) {
	switch i % shapes {
	case 0:
		s.disc(at, radius, c)
	case 1:
		s.regular(at, 1.15*radius, 4, math.Pi/4, c)
	case 2:
		s.regular(at, 1.3*radius, 3, math.Pi/2, c)
	case 3:
		s.regular(at, 1.25*radius, 4, 0, c)
	case 4:
		s.regular(at, 1.3*radius, 3, -math.Pi/2, c)
	}
}

// regular fills a regular polygon whose first corner lies at an angle.
func (s *sheet) regular(center vg.Point, radius vg.Length, corners int, angle float64, c color.Color) {
	points := make([]vg.Point, corners)
	for i := range points {
		sin, cos := math.Sincos(angle + 2*math.Pi*float64(i)/float64(corners))
		points[i] = vg.Point{X: center.X + radius*vg.Length(cos), Y: center.Y + radius*vg.Length(sin)}
	}
	s.polygon(c, points...)
}

// legendLines is how many lines of names a figure has room for.
const legendLines = 3

// legend writes names with their marks in lines at the top of the sheet and takes the
// room away. Names without room are counted.
func (s *sheet) legend(names []string) {
	if len(names) < 2 && (len(names) == 0 || names[0] == "") {
		return
	}
	face := s.face(0.95, s.theme.Ink)
	x, line := s.Min.X, 1
	s.Max.Y -= 1.35 * s.em
	for i, name := range names {
		text := face.Fit(name, min(0.8*width(s.Rectangle), 24*s.em))
		need := face.Width(text) + 1.1*s.em
		rest := more(len(names)-i, "configuration")
		lastLine := line == legendLines
		full := x+need > s.Max.X || lastLine && i < len(names)-1 && x+need+2*s.em+face.Width(rest) > s.Max.X
		if full && lastLine {
			s.write(s.face(0.95, s.theme.Muted), face.Fit(rest, s.Max.X-x), x, s.Max.Y+0.3*s.em, left)
			break
		}
		if full {
			x = s.Min.X
			s.Max.Y -= 1.35 * s.em
			line++
		}
		s.mark(i, vg.Point{X: x + 0.4*s.em, Y: s.Max.Y + 0.6*s.em}, 0.34*s.em, s.series(i))
		s.write(face, text, x+1.1*s.em, s.Max.Y+0.3*s.em, left)
		x += need + 1.4*s.em
	}
	s.Max.Y -= 0.5 * s.em
}
