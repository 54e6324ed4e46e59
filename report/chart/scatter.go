package chart

import (
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Scatter is one column over another, a point per network and a mark at the mean of each
// configuration: boundary length over roughness, say.
type Scatter struct {
	Style
	XLabel, YLabel string // columns with their units
	LogX, LogY     bool   // logarithmic scales; what is not positive is left out there
	Clouds         []Cloud
}

// Cloud is the networks of one configuration. X and Y are equally long.
type Cloud struct {
	Name string
	X, Y []float64
}

// mostPoints is how many points of a figure are drawn, evenly chosen from all.
const mostPoints = 6000

// Draw draws the points, transparent, then the means.
func (c Scatter) Draw(canvas draw.Canvas) {
	s := c.sheet(canvas)
	var names []string
	var xs, ys []float64
	points := 0
	for _, cloud := range c.Clouds {
		names = append(names, cloud.Name)
		points += len(cloud.X)
		xs, ys = append(xs, cloud.X...), append(ys, cloud.Y...)
	}
	if points == 0 {
		s.say(noNetworks)
		return
	}
	if c.LogX && slices.Max(xs) <= 0 || c.LogY && slices.Max(ys) <= 0 {
		s.say("no values above zero")
		return
	}
	if !c.Bare {
		s.legend(names)
	}
	f := s.axes(axis{scale: covering(xs, c.LogX, 0.03), label: c.XLabel}, axis{scale: covering(ys, c.LogY, 0.03), label: c.YLabel}, c.Bare)
	every := 1 + points/mostPoints
	radius := s.em * vg.Length(min(max(0.3*math.Pow(float64(points/every)/300, -0.2), 0.1), 0.3))
	shine := min(1, 0.3+8/math.Sqrt(float64(points/every)))
	for p := 0; p < points; p += every { // by turns, so that no cloud hides the others
		for i, cloud := range c.Clouds {
			if p < len(cloud.X) && c.has(cloud, p) {
				s.mark(i, f.at(cloud.X[p], cloud.Y[p]), radius, faded(s.series(i), shine))
			}
		}
	}
	size := s.em * vg.Length(max(min(1, math.Sqrt(12/float64(len(c.Clouds)))), 0.4))
	for i, cloud := range c.Clouds {
		if x, y, ok := c.mean(cloud); ok {
			s.mark(i, f.at(x, y), 0.62*size, s.theme.Ground)
			s.mark(i, f.at(x, y), 0.48*size, s.standout())
			s.mark(i, f.at(x, y), 0.34*size, s.strong(i))
		}
	}
}

// has reports whether the scales have a place for a point.
func (c Scatter) has(cloud Cloud, p int) bool {
	return (!c.LogX || cloud.X[p] > 0) && (!c.LogY || cloud.Y[p] > 0)
}

// mean returns the mean of a cloud, which is not on a logarithmic scale if it is not
// positive.
func (c Scatter) mean(cloud Cloud) (x, y float64, ok bool) {
	for p := range cloud.X {
		x += cloud.X[p] / float64(len(cloud.X))
		y += cloud.Y[p] / float64(len(cloud.X))
	}
	return x, y, len(cloud.X) > 0 && (!c.LogX || x > 0) && (!c.LogY || y > 0)
}
