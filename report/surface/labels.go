package surface

import (
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"nodal/report/internal/lettering"
)

// plotter writes numbers around a painted box.
type plotter struct {
	draw.Canvas
	camera  camera
	density float64  // pixels to the point
	origin  vg.Point // top left corner of the picture
	numbers lettering.Face
}

func (p *plotter) em() vg.Length { return p.numbers.Size }

// widest returns the width of the longest text.
func (p *plotter) widest(ticks []tick) vg.Length {
	var most vg.Length
	for _, t := range ticks {
		most = max(most, p.numbers.Width(t.text))
	}
	return most
}

// place returns where a point of the box is on the canvas.
func (p *plotter) place(x, y, z float64) vg.Point {
	px, py := p.camera.project(x, y, z)
	return vg.Point{
		X: p.origin.X + vg.Length(px/p.density),
		Y: p.origin.Y - vg.Length(py/p.density),
	}
}

// upright writes the ticks of the height to the left of the leftmost post.
func (p *plotter) upright(ticks []tick) {
	left, corner := math.Inf(1), corners[0]
	for _, c := range corners {
		if px, _ := p.camera.project(c[0], c[1], 0); px < left {
			left, corner = px, c
		}
	}
	low, high := p.place(corner[0], corner[1], -boxHeight/2), p.place(corner[0], corner[1], boxHeight/2)
	if high.Y-low.Y < 4*p.em() { // seen from above
		return
	}
	for _, t := range ticks {
		at := p.place(corner[0], corner[1], (t.at-0.5)*boxHeight)
		p.mark(at, vg.Point{X: -1}, t.text)
	}
}

// level writes ticks and name of an input at the edge of the floor that is nearest to the
// eye.
func (p *plotter) level(axis int, from, to float64, name string) {
	side := p.nearSide(axis)
	out := p.outward(axis, side)
	at := func(t float64) vg.Point {
		if axis == 0 {
			return p.place(t-0.5, side, floorHeight)
		}
		return p.place(side, t-0.5, floorHeight)
	}
	ticks := p.fitting(at, from, to)
	for _, t := range ticks {
		p.mark(at(t.at), out, t.text)
	}
	beyond := 1.7*p.em() + 0.8*vg.Length(math.Abs(float64(out.X)))*p.widest(ticks)
	p.mark(at(p.freest(ticks)).Add(out.Scale(beyond)), vg.Point{}, name)
}

// nearSide returns where the nearer of the two edges along an axis is: -0.5 or 0.5.
func (p *plotter) nearSide(axis int) float64 {
	away := p.camera.awayY
	if axis == 1 {
		away = p.camera.awayX
	}
	if away > 0 {
		return -0.5
	}
	return 0.5
}

// outward returns the direction on the canvas, of length 1, that leads away from an edge
// of the floor.
func (p *plotter) outward(axis int, side float64) vg.Point {
	edge, beyond := p.place(0, side, floorHeight), p.place(0, 1.2*side, floorHeight)
	if axis == 1 {
		edge, beyond = p.place(side, 0, floorHeight), p.place(1.2*side, 0, floorHeight)
	}
	d := beyond.Sub(edge)
	length := vg.Length(math.Hypot(float64(d.X), float64(d.Y)))
	if length < 1e-6 {
		return vg.Point{Y: -1}
	}
	return d.Scale(1 / length)
}

const mostTicks = 7 // about, of an input

// fitting returns as many ticks as have room along an edge.
func (p *plotter) fitting(at func(t float64) vg.Point, from, to float64) []tick {
	edge := at(1).Sub(at(0))
	for n := mostTicks; n > 1; n-- {
		ticks := ticksOf(from, to, n)
		if len(ticks) < 2 {
			return ticks
		}
		step := vg.Length(ticks[1].at - ticks[0].at)
		if math.Abs(float64(edge.X*step)) > float64(p.widest(ticks)+0.9*p.em()) ||
			math.Abs(float64(edge.Y*step)) > 1.4*float64(p.em()) {
			return ticks
		}
	}
	return nil
}

// freest returns a place near the middle of an axis that is between two ticks.
func (p *plotter) freest(ticks []tick) float64 {
	for i := 1; i < len(ticks); i++ {
		if ticks[i-1].at <= 0.5 && ticks[i].at > 0.5 {
			return (ticks[i-1].at + ticks[i].at) / 2
		}
	}
	return 0.5
}

// mark writes a text beyond a point in some direction, or centred at it if there is none.
// Texts to the left end at the point, those to the right begin there, so that the two
// axes keep apart where they meet.
func (p *plotter) mark(at, out vg.Point, text string) {
	width, height := p.numbers.Width(text), 0.7*p.em()
	at = at.Add(out.Scale(0.45 * p.em()))
	at.X += min(max(2*out.X, -1), 1) * width / 2
	at.Y += out.Y * height / 2
	x := min(max(at.X-width/2, p.Min.X), p.Max.X-width)
	y := min(max(at.Y-height/2, p.Min.Y+0.25*p.em()), p.Max.Y-height)
	p.SetColor(p.numbers.Ink)
	p.FillString(p.numbers.Letter, vg.Point{X: x, Y: y}, text)
}
