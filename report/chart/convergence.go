package chart

import (
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Convergence is how the mean of a count grows with the points of the grid.
type Convergence struct {
	Style
	Column string // what is counted, with its unit
	Growth []Growth
}

// Growth is one configuration. The slices are equally long.
type Growth struct {
	Name          string
	Points        []int // points on the first axis, ascending
	Means, Errors []float64
	Own           int // points of the dataset's grid, ringed; 0 for none
}

// Draw draws a line with error bars per configuration over a logarithmic axis of points.
func (c Convergence) Draw(canvas draw.Canvas) {
	s := c.sheet(canvas)
	var names []string
	var points, means, ends []float64
	for _, g := range c.Growth {
		names = append(names, g.Name)
		for i, n := range g.Points {
			points = append(points, float64(n))
			means = append(means, g.Means[i])
			ends = append(ends, g.Means[i]-g.Errors[i], g.Means[i]+g.Errors[i])
		}
	}
	if len(points) == 0 {
		s.say(noNetworks)
		return
	}
	if !c.Bare {
		s.legend(names)
	}
	x := axis{scale: covering(points, true, 0.06), label: "points on the first axis (ringed: the dataset's grid)"}
	f := s.axes(x, axis{scale: covering(ends, false, 0.08).fromZero(means), label: "mean " + c.Column}, c.Bare)
	for i, g := range c.Growth {
		s.growth(f, g, i)
	}
}

// growth draws one line.
func (s *sheet) growth(f frame, g Growth, i int) {
	line := make([]vg.Point, len(g.Points))
	for k, n := range g.Points {
		line[k] = f.at(float64(n), g.Means[k])
		low, high := f.at(float64(n), g.Means[k]-g.Errors[k]), f.at(float64(n), g.Means[k]+g.Errors[k])
		s.stroke(s.series(i), 1.4*s.thin, f.ClipLinesY([]vg.Point{low, high})...)
	}
	s.stroke(s.series(i), 1.8*s.thin, line)
	for k, n := range g.Points {
		if n == g.Own {
			s.ring(line[k], 0.62*s.em, 1.5*s.thin, s.standout())
		}
		s.mark(i, line[k], 0.32*s.em, s.series(i))
	}
	if len(line) > 0 && !slices.Contains(g.Points, g.Own) && g.Own > 0 {
		x := f.at(float64(g.Own), 0).X
		s.vertical(s.theme.Muted, s.thin, x, f.Min.Y, f.Max.Y)
	}
}
