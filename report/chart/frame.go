package chart

import (
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"nodal/report/internal/lettering"
)

// axis is a scale and what it measures, units included.
type axis struct {
	scale
	label string
	plain bool      // no ticks: the places are named otherwise
	blank bool      // ticks without grid lines
	strip vg.Length // room between the frame and its ticks
	most  float64   // no ticks beyond, unless it is 0: what is there is room for texts
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
		s.write(labels, labels.Fit(y.label, width(r)), r.Min.X, r.Max.Y+0.5*s.em, left)
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
		at := f.at(x.low, t.At).Y
		if !y.blank {
			s.horizontal(s.theme.Faint, s.thin, r.Min.X, r.Max.X, at)
		}
		s.write(face, t.Text, r.Min.X-0.5*s.em, at-0.33*face.Size, right)
	}
	if !x.plain {
		s.xTicks(f, x, face)
	}
	if x.label != "" {
		text := labels.Fit(x.label, width(s.Rectangle))
		s.writeWithin(labels, text, f.Center().X, s.Min.Y+0.25*s.em, middle, s.Min.X, s.Max.X)
	}
	return f
}

// yTicks returns the ticks of an upright axis and takes the room for their texts from
// the left of the rectangle.
func (s *sheet) yTicks(r *vg.Rectangle, y axis, face lettering.Face) []lettering.Tick {
	if y.plain {
		return nil
	}
	r.Max.Y -= 0.3 * face.Size
	ticks := y.ticks(min(int(height(*r)/(1.9*face.Size)), 8))
	if y.most > 0 {
		ticks = slices.DeleteFunc(ticks, func(t lettering.Tick) bool { return t.At > y.most })
	}
	var widest vg.Length
	for _, t := range ticks {
		widest = max(widest, face.Width(t.Text))
	}
	r.Min.X += widest + 0.5*s.em
	return ticks
}

// xTicks draws the ticks of a level axis, as many as have room side by side.
func (s *sheet) xTicks(f frame, x axis, face lettering.Face) {
	for _, t := range x.ticksWithin(width(f.Rectangle), face) {
		at := f.at(t.At, 0).X
		if !x.blank {
			s.vertical(s.theme.Faint, s.thin, at, f.Min.Y, f.Max.Y)
		}
		s.writeWithin(face, t.Text, at, f.Min.Y-x.strip-1.2*face.Size, middle, s.Min.X-s.em, s.Max.X+0.5*s.em)
	}
}

// ticksWithin returns as many ticks as have room side by side.
func (s scale) ticksWithin(room vg.Length, face lettering.Face) []lettering.Tick {
	for most := 9; ; most-- {
		ticks := s.ticks(most)
		if most == 2 || s.apart(ticks, room, face) {
			return ticks
		}
	}
}

// apart reports whether the texts of ticks leave a gap between each other.
func (s scale) apart(ticks []lettering.Tick, room vg.Length, face lettering.Face) bool {
	for i := 1; i < len(ticks); i++ {
		gap := vg.Length(s.at(ticks[i].At)-s.at(ticks[i-1].At)) * room
		if gap < (face.Width(ticks[i].Text)+face.Width(ticks[i-1].Text))/2+1.2*face.Size {
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
	return f.ClipLinesXY(f.points(from, to, values))
}

// points returns the points of a function over evenly spaced inputs.
func (f frame) points(from, to float64, values []float32) []vg.Point {
	points := make([]vg.Point, len(values))
	for i, v := range values {
		t := 0.5
		if len(values) > 1 {
			t = float64(i) / float64(len(values)-1)
		}
		points[i] = f.at(from*(1-t)+to*t, float64(v))
	}
	return simplified(points, invisible)
}
