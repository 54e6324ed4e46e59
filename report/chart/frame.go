package chart

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// axis is a scale and what it measures, units included.
type axis struct {
	scale
	label string
	plain bool      // no ticks: the places are named otherwise
	blank bool      // ticks without grid lines
	strip vg.Length // room between the frame and its ticks
}

// frame is the part of a sheet between two axes.
type frame struct {
	draw.Canvas
	x, y scale
}

// at returns where a point lies. Places beyond the frame are kept near it, since
// rasterisers lose huge coordinates.
func (f frame) at(x, y float64) vg.Point {
	return vg.Point{
		X: f.X(min(max(f.x.at(x), -50), 50)),
		Y: f.Y(min(max(f.y.at(y), -50), 50)),
	}
}

// axes draws grid lines, ticks and labels of two axes and returns the frame between
// them: all of the sheet if it is bare.
func (s *sheet) axes(x, y axis, bare bool) frame {
	if bare {
		return frame{s.Canvas, x.scale, y.scale}
	}
	face := s.face(0.92, s.theme.Muted)
	labels := s.face(1, s.theme.Muted)
	r := s.Rectangle
	if height(r) < 9.5*s.em { // the numbers alone
		x.label, y.label = "", ""
	}
	if y.label != "" {
		r.Max.Y -= 1.25 * s.em
		s.write(labels, labels.fit(y.label, width(r)), r.Min.X, r.Max.Y+0.5*s.em, left)
	}
	if x.label != "" {
		r.Min.Y += 1.35 * s.em
	}
	if !x.plain {
		r.Min.Y += 1.45 * s.em
	}
	r.Min.Y += x.strip
	yTicks := s.yTicks(&r, y, face)
	f := frame{draw.Canvas{Canvas: s.Canvas.Canvas, Rectangle: r}, x.scale, y.scale}
	for _, t := range yTicks {
		at := f.at(x.low, t.at).Y
		if !y.blank {
			s.horizontal(s.theme.Faint, s.thin, r.Min.X, r.Max.X, at)
		}
		s.write(face, t.text, r.Min.X-0.5*s.em, at-0.33*face.size, right)
	}
	if !x.plain {
		s.xTicks(f, x, face)
	}
	if x.label != "" {
		text := labels.fit(x.label, width(s.Rectangle))
		s.writeWithin(labels, text, f.Center().X, s.Min.Y+0.25*s.em, middle, s.Min.X, s.Max.X)
	}
	return f
}

// yTicks returns the ticks of an upright axis and takes the room for their texts from
// the left of the rectangle.
func (s *sheet) yTicks(r *vg.Rectangle, y axis, face face) []tick {
	if y.plain {
		return nil
	}
	r.Max.Y -= 0.3 * face.size
	ticks := y.ticks(min(int(height(*r)/(1.9*face.size)), 8))
	var widest vg.Length
	for _, t := range ticks {
		widest = max(widest, face.width(t.text))
	}
	r.Min.X += widest + 0.5*s.em
	return ticks
}

// xTicks draws the ticks of a level axis, as many as have room side by side.
func (s *sheet) xTicks(f frame, x axis, face face) {
	for _, t := range x.ticksWithin(width(f.Rectangle), face) {
		at := f.at(t.at, 0).X
		if !x.blank {
			s.vertical(s.theme.Faint, s.thin, at, f.Min.Y, f.Max.Y)
		}
		s.writeWithin(face, t.text, at, f.Min.Y-x.strip-1.2*face.size, middle, s.Min.X-s.em, s.Max.X+0.5*s.em)
	}
}

// ticksWithin returns as many ticks as have room side by side.
func (s scale) ticksWithin(room vg.Length, face face) []tick {
	for most := 9; ; most-- {
		ticks := s.ticks(most)
		if most == 2 || s.apart(ticks, room, face) {
			return ticks
		}
	}
}

// apart reports whether the texts of ticks leave a gap between each other.
func (s scale) apart(ticks []tick, room vg.Length, face face) bool {
	for i := 1; i < len(ticks); i++ {
		gap := vg.Length(s.at(ticks[i].at)-s.at(ticks[i-1].at)) * room
		if gap < (face.width(ticks[i].text)+face.width(ticks[i-1].text))/2+1.2*face.size {
			return false
		}
	}
	return true
}

// zeroLines draws the lines through zero, where the frame has them.
func (s *sheet) zeroLines(f frame) {
	if f.x.low < 0 && f.x.high > 0 {
		s.vertical(s.theme.Muted, s.thin, f.at(0, 0).X, f.Min.Y, f.Max.Y)
	}
	s.zeroLevel(f)
}

// zeroLevel draws the level line through zero, where the frame has it.
func (s *sheet) zeroLevel(f frame) {
	if f.y.low < 0 && f.y.high > 0 {
		s.horizontal(s.theme.Muted, s.thin, f.Min.X, f.Max.X, f.at(0, 0).Y)
	}
}

// curve returns the lines of a function over evenly spaced inputs, clipped at the frame.
func (f frame) curve(from, to float64, values []float32) [][]vg.Point {
	points := make([]vg.Point, len(values))
	for i, v := range values {
		t := 0.5
		if len(values) > 1 {
			t = float64(i) / float64(len(values)-1)
		}
		points[i] = f.at(from*(1-t)+to*t, float64(v))
	}
	return f.ClipLinesXY(simplified(points, invisible))
}
