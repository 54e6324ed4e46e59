package report

import (
	"fmt"
	"image"
	"io"
	"math"
	"slices"
	"time"

	"nodal/report/animation"
	"nodal/report/chart"
	"nodal/sampler"
	"nodal/schema"
)

// Animations as the article has them: 640 pixels wide, an example a second.
const (
	animationWidth = 640
	curveTall      = 360
	planeTall      = 520
	exampleDelay   = time.Second

	walkFrames = 72 // of a closed walk
	walkDelay  = 70 * time.Millisecond

	animationCurve = 401 // points of an axis
	animationPlane = 101
)

// moment is a network in an animation, and what to say of it.
type moment struct {
	drawing *sampler.Drawing
	note    string
}

// animations returns the figures that move: 49 examples in turn, and one network
// walking through weight space. A walk through networks that overflow has fewer moments;
// where none is left it stays at its first network.
func (a *artist) animations() []File {
	if !slices.Contains(a.options.Formats, GIF) {
		return nil
	}
	return []File{
		{a.name + "-examples.gif", func(w io.Writer) error { return a.play(w, a.exampleMoments(), exampleDelay, false) }},
		{a.name + "-walk.gif", func(w io.Writer) error { return a.play(w, a.walkMoments(), walkDelay, true) }},
	}
}

// exampleMoments returns the first networks of the configuration.
func (a *artist) exampleMoments() []moment {
	var all []moment
	for _, d := range a.first() {
		network := d.Row.Network
		all = append(all, moment{a.redrawer.Draw(a.c, network, a.animationGrid()), a.networkNote(network) + a.facts(d)})
	}
	return all
}

// walkMoments returns the networks of the closed walk through the first that is finite
// and the next.
func (a *artist) walkMoments() []moment {
	var all []moment
	from := a.first()[0].Row.Network
	for i := range walkFrames {
		angle := 2 * math.Pi * float64(i) / walkFrames
		d := a.redrawer.DrawBetween(a.c, from, from+1, angle, a.animationGrid())
		if d.Finite() {
			all = append(all, moment{d, fmt.Sprintf("a walk through networks %d and %d, %.0f°, seed %d", from, from+1, angle*180/math.Pi, a.plan.Seed)})
		}
	}
	if len(all) == 0 {
		all = a.exampleMoments()[:1]
	}
	return all
}

// animationGrid returns the grid of every moment.
func (a *artist) animationGrid() schema.Grid {
	if a.c.Inputs == 1 {
		return withPoints(a.c.Grid, animationCurve)
	}
	return withPoints(a.c.Grid, animationPlane)
}

// play writes moments as an animation: curves on one scale, landscapes too if they are
// to be seen changing, else each on its own, so that flat ones show their shape.
func (a *artist) play(w io.Writer, moments []moment, delay time.Duration, changing bool) error {
	tall, low, high := planeTall, 0., 0.
	switch {
	case a.c.Inputs == 1:
		tall = curveTall
		low, high = a.curveScale(moments)
	case changing:
		low, high = a.planeScale(moments)
	}
	return animation.Write(w, func(yield func(*image.RGBA, error) bool) {
		for _, m := range moments {
			if !yield(chart.Raster(a.frame(m, low, high), animationWidth, tall, 1), nil) {
				return
			}
		}
	}, animation.Options{Delay: delay})
}

// curveScale returns the range in which nearly all curves fit.
func (a *artist) curveScale(moments []moment) (low, high float64) {
	var curves [][]float32
	for _, m := range moments {
		curves = append(curves, outputs(m.drawing, m.drawing.Out)...)
	}
	return chart.OutputRange(curves)
}

// planeScale returns the range in which all landscapes fit.
func (a *artist) planeScale(moments []moment) (low, high float64) {
	for _, m := range moments {
		f := landscape(m.drawing)
		low, high = min(low, f.Low), max(high, f.High)
	}
	return low, high
}

// frame is one moment, from low to high unless both are 0.
func (a *artist) frame(m moment, low, high float64) chart.Figure {
	d, title := m.drawing, kindName(a.c)
	switch {
	case a.c.Inputs == 2:
		f := a.surface(d)
		if f.Title, f.Note = title, m.note; low < high {
			f.Low, f.High = low, high
		}
		return f
	case a.c.Outputs > 1:
		f := a.intervals(d, low, high)
		f.Title, f.Note = title, m.note
		return f
	}
	return chart.Family{Style: a.style(title, m.note), X: d.Configuration.Grid[0], Curves: outputs(d, d.Out), Highlight: 0, Low: low, High: high}
}
