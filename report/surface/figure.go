package surface

import (
	"image"

	"golang.org/x/image/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"nodal/report/chart"
	"nodal/report/internal/lettering"
)

// Figure is a field with a heading and numbers at the edges of its box: a figure of
// package chart's kind, whose writers make PNG and SVG files of it. In a PNG the picture
// is painted on the device's pixels, in an SVG at double density under the texts.
type Figure struct {
	Field
	Style

	Title    string // what is shown
	Subtitle string // the configuration in words
	Note     string // how many networks: "1 of 20,000 networks"

	Names [2]string // of the inputs; "" are x₀ and x₁
	Bare  bool      // the box alone, without texts
}

// Draw fills the rectangle of a canvas.
func (f Figure) Draw(c draw.Canvas) {
	f.Field.check()
	f.Style = f.Style.complete()
	f.Style.check()
	if f.Bare {
		paint(c, &f, insetsOf(0.02*min(c.Size().X, c.Size().Y)))
		return
	}
	heading := chart.Style{
		Title: f.Title, Subtitle: f.Subtitle, Note: f.Note,
		Palette: f.Palette, Theme: f.Theme,
	}
	box := labelled{&f, lettering.Size(c.Size().X)}
	chart.Panels{Style: heading, Columns: 1, Figures: []chart.Figure{box}}.Draw(c)
}

// margins are what a picture keeps free at its edges.
type margins struct{ left, right, top, bottom vg.Length }

func insetsOf(m vg.Length) margins { return margins{m, m, m, m} }

// paint sets the picture into the canvas and returns where: its rectangle, the camera and
// how many pixels of it lie along a point.
func paint(c draw.Canvas, f *Figure, free margins) (r vg.Rectangle, view camera, density float64) {
	r = chart.DrawRaster(c, c.Rectangle, func(width, height int) image.Image {
		density = float64(width) / c.Size().X.Points()
		pixels := func(l vg.Length) float64 { return l.Points() * density }
		var renderer Renderer
		picture := renderer.render(&f.Field, f.Style, width, height,
			insets{pixels(free.left), pixels(free.right), pixels(free.top), pixels(free.bottom)})
		view = renderer.camera
		return picture
	})
	return r, view, density
}

// labelled is the box of a figure with its numbers.
type labelled struct {
	*Figure
	em vg.Length // text size
}

// Draw fills the rectangle of a canvas.
func (l labelled) Draw(c draw.Canvas) {
	p := &plotter{Canvas: c, numbers: lettering.New(l.em, font.WeightNormal, l.Theme.Muted)}
	upright := l.uprightTicks()
	level := max(p.widest(ticksOf(l.From[0], l.To[0], mostTicks)), p.widest(ticksOf(l.From[1], l.To[1], mostTicks)))
	free := margins{
		left:   max(p.widest(upright), level) + 1.3*l.em,
		right:  level + 1.3*l.em,
		top:    0.8 * l.em,
		bottom: 2.6 * l.em,
	}
	var r vg.Rectangle
	r, p.camera, p.density = paint(c, l.Figure, free)
	if p.density == 0 { // no room for a pixel
		return
	}
	p.origin = vg.Point{X: r.Min.X, Y: r.Max.Y}
	p.upright(upright)
	p.level(0, l.From[0], l.To[0], l.name(0))
	p.level(1, l.From[1], l.To[1], l.name(1))
}

// name returns what an input is called.
func (l labelled) name(axis int) string {
	if l.Names[axis] != "" {
		return l.Names[axis]
	}
	return [2]string{"x₀", "x₁"}[axis]
}

// uprightTicks returns the ticks of the height: Low, High and, unless it is too near to
// them, Middle.
func (l labelled) uprightTicks() []tick {
	ticks := []tick{{0, l.heightText(l.Low)}, {1, l.heightText(l.High)}}
	if middle := l.middle(); middle > 0.15 && middle < 0.85 {
		ticks = append(ticks, tick{middle, l.heightText(l.Middle)})
	}
	return ticks
}

// heightText writes a value to a hundredth of the height.
func (l labelled) heightText(value float64) string {
	return lettering.Rounded(value, (l.High-l.Low)/100)
}

// tick is a place on an axis, 0 to 1 from its beginning to its end, and its text.
type tick struct {
	at   float64
	text string
}

// ticksOf returns the multiples of a round number from one end of an axis to the other,
// n at most.
func ticksOf(from, to float64, n int) []tick {
	var ticks []tick
	for _, t := range lettering.Ticks(from, to, n, 0) {
		ticks = append(ticks, tick{(t.At - from) / (to - from), t.Text})
	}
	return ticks
}
