package chart

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

func width(r vg.Rectangle) vg.Length  { return r.Max.X - r.Min.X }
func height(r vg.Rectangle) vg.Length { return r.Max.Y - r.Min.Y }

// inset returns the rectangle smaller by so much on every side.
func inset(r vg.Rectangle, by vg.Length) vg.Rectangle {
	return rectangle(r.Min.X+by, r.Min.Y+by, r.Max.X-by, r.Max.Y-by)
}

func rectangle(x0, y0, x1, y1 vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: vg.Point{X: x0, Y: y0}, Max: vg.Point{X: x1, Y: y1}}
}

// within returns the canvas of another rectangle.
func (s *sheet) within(r vg.Rectangle) draw.Canvas {
	return draw.Canvas{Canvas: s.Canvas.Canvas, Rectangle: r}
}

// fill paints a rectangle, its edges on whole device pixels.
func (s *sheet) fill(r vg.Rectangle, c color.Color) {
	r = snap(s.Canvas, r)
	s.polygon(c, r.Min, vg.Point{X: r.Max.X, Y: r.Min.Y}, r.Max, vg.Point{X: r.Min.X, Y: r.Max.Y})
}

// tile paints a rectangle that others adjoin without a seam. Where there are no device
// pixels to meet on it overlaps them a little.
func (s *sheet) tile(r vg.Rectangle, c color.Color) {
	if pixelsPerPoint(s.Canvas) == 0 {
		r = inset(r, -0.15)
	}
	s.fill(r, c)
}

func (s *sheet) polygon(c color.Color, corners ...vg.Point) {
	if len(corners) < 3 {
		return
	}
	var p vg.Path
	p.Move(corners[0])
	for _, corner := range corners[1:] {
		p.Line(corner)
	}
	p.Close()
	s.SetColor(c)
	s.Fill(p)
}

func (s *sheet) disc(center vg.Point, radius vg.Length, c color.Color) {
	s.DrawGlyphNoClip(draw.GlyphStyle{Color: c, Radius: radius, Shape: draw.CircleGlyph{}}, center)
}

func (s *sheet) ring(center vg.Point, radius, thickness vg.Length, c color.Color) {
	var p vg.Path
	p.Move(vg.Point{X: center.X + radius, Y: center.Y})
	p.Arc(center, radius, 0, 2*math.Pi)
	p.Close()
	s.SetLineStyle(draw.LineStyle{Color: c, Width: thickness})
	s.Stroke(p)
}

// stroke draws lines of one style.
func (s *sheet) stroke(c color.Color, thickness vg.Length, lines ...[]vg.Point) {
	s.StrokeLines(draw.LineStyle{Color: c, Width: thickness}, lines...)
}

// horizontal draws a thin line whose edges lie on device pixels.
func (s *sheet) horizontal(c color.Color, thickness, x0, x1, y vg.Length) {
	t := s.pixels(thickness)
	y = snap(s.Canvas, rectangle(0, y-t/2, 0, 0)).Min.Y
	s.fill(rectangle(x0, y, x1, y+t), c)
}

// vertical draws a thin line whose edges lie on device pixels.
func (s *sheet) vertical(c color.Color, thickness, x, y0, y1 vg.Length) {
	t := s.pixels(thickness)
	x = snap(s.Canvas, rectangle(x-t/2, 0, 0, 0)).Min.X
	s.fill(rectangle(x, y0, x+t, y1), c)
}

// pixels returns a thickness as whole device pixels, one at least.
func (s *sheet) pixels(thickness vg.Length) vg.Length {
	density := pixelsPerPoint(s.Canvas)
	if density == 0 {
		return thickness
	}
	return vg.Length(max(1, math.Round(thickness.Points()*density)) / density)
}

// faded returns a colour that lets the ground shine through: 1 is opaque.
func faded(c color.RGBA, opacity float64) color.NRGBA {
	return color.NRGBA{R: c.R, G: c.G, B: c.B, A: uint8(math.Round(255 * opacity))}
}
