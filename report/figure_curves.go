package report

import (
	"cmp"
	"slices"

	"nodal/report/chart"
	"nodal/sampler"
)

// Sizes of figures in CSS pixels: 16:9 for curves as in the article.
const (
	figureWidth = 960
	curveHeight = 540

	landscapeHeight             = 760
	regionsWidth, regionsHeight = 760, 820
)

// curveFigures returns the figures of networks with one input.
func (a *artist) curveFigures() []File {
	var files []File
	if a.c.Outputs == 1 {
		files = append(files, a.still("curves", figureWidth, curveHeight, a.family)...)
		files = append(files, a.still("multiples", figureWidth, figureWidth, a.curveMultiples)...)
	} else {
		files = append(files, a.still("multiples", figureWidth, figureWidth, a.classMultiples)...)
	}
	files = append(files, a.still("classes", figureWidth, curveHeight, func() chart.Figure {
		return a.intervals(a.richest(), 0, 0)
	})...)
	files = append(files, a.still("ranges", figureWidth, 400, a.curveRanges)...)
	files = append(files, a.still("graph", figureWidth, curveHeight, a.graph)...)
	return append(files, a.animations()...)
}

// family is many curves in one picture.
func (a *artist) family() chart.Figure {
	drawings := a.first()
	f := chart.Family{Style: a.style("The functions of "+kindName(a.c), a.sampleNote(len(drawings))), X: FigureGrid(a.c.Grid)[0], Highlight: -1}
	best := a.richest()
	for i, d := range drawings {
		f.Curves = append(f.Curves, d.Out)
		if d == best {
			f.Highlight = i
		}
	}
	f.Low, f.High = a.curveRange(drawings)
	return f
}

// curveMultiples is every curve in a picture of its own.
func (a *artist) curveMultiples() chart.Figure {
	drawings := a.first()
	m := chart.Multiples{Style: a.style("One by one: "+kindName(a.c), a.sampleNote(len(drawings))), X: FigureGrid(a.c.Grid)[0], Columns: 7}
	for _, d := range drawings {
		m.Cells = append(m.Cells, chart.Cell{Curves: outputs(d, d.Out)})
	}
	return m
}

// classMultiples is the classes of several networks side by side.
func (a *artist) classMultiples() chart.Figure {
	drawings := a.first()
	drawings = drawings[:min(len(drawings), 9)]
	m := chart.Multiples{Style: a.style("The largest output wins: "+kindName(a.c), a.sampleNote(len(drawings))), Columns: 3}
	for _, d := range drawings {
		figure := a.intervals(d, 0, 0)
		figure.Style.Bare = true
		m.Cells = append(m.Cells, chart.Cell{Figure: figure, Label: a.label(d)})
	}
	return m
}

// intervals is one network over the classes that it makes, shown from low to high.
func (a *artist) intervals(d *sampler.Drawing, low, high float64) chart.Intervals {
	title := "The sign before the activation cuts the input into A and B"
	level, told := a.c.OutputActivation.Level()
	switch {
	case a.c.Outputs > 1:
		title = "Where the curves cross, the class changes"
	case told && level == 0:
		title = "The zero line cuts the input into A and B"
	case told && level == .5:
		title = "One half cuts the input into A and B"
	}
	if low == high {
		low, high = a.curveRange([]*sampler.Drawing{d})
	}
	return chart.Intervals{Style: a.style(title, a.networkNote(d.Row.Network)+a.facts(d)), X: d.Configuration.Grid[0],
		Pre: outputs(d, d.Pre), Outputs: outputs(d, d.Out), Low: low, High: high}
}

// curveRanges is one network over narrow and wide inputs.
func (a *artist) curveRanges() chart.Figure {
	network := a.richest().Row.Network
	p := chart.Panels{Style: a.style("The same network over narrow and wide inputs", a.networkNote(network)), Columns: 3}
	for _, factor := range rangeFactors {
		d := a.redrawer.Draw(a.c, network, scaled(FigureGrid(a.c.Grid), factor))
		if !d.Finite() {
			continue
		}
		f := chart.Family{Style: chart.Style{Title: rangeTitle(d), Palette: a.options.Palette, Theme: a.options.Theme},
			X: d.Configuration.Grid[0], Curves: outputs(d, d.Out), Highlight: -1}
		p.Figures = append(p.Figures, f)
	}
	return p
}

// richest returns the network with the most islands among the first that their grid
// resolves, of several the one with the most regions, and then turning points.
func (a *artist) richest() *sampler.Drawing {
	return slices.MaxFunc(a.first(), func(x, y *sampler.Drawing) int {
		return cmp.Or(compareBools(x.Row.Resolved, y.Row.Resolved), cmp.Compare(x.Row.Islands, y.Row.Islands), cmp.Compare(x.Row.Regions, y.Row.Regions), cmp.Compare(x.Row.TurningPoints, y.Row.TurningPoints))
	})
}

func compareBools(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return 1
	}
	return -1
}

// curveRange returns the range of outputs of an activation that is never negative, and
// 0 and 0 for others: package chart knows better.
func (a *artist) curveRange(drawings []*sampler.Drawing) (low, high float64) {
	var most float64
	for _, d := range drawings {
		if d.Row.ValueMin < 0 {
			return 0, 0
		}
		most = max(most, d.Row.ValueMax)
	}
	if r, ok := ranges[a.c.OutputActivation]; ok {
		return r[0] - .1, r[1] + .1
	}
	return -most / 10, most * 1.05
}

// outputs returns values [C,P] of a drawing as one slice for each output.
func outputs(d *sampler.Drawing, values []float32) [][]float32 {
	points := d.Configuration.Grid.Points()
	all := make([][]float32, d.Configuration.Outputs)
	for k := range all {
		all[k] = values[k*points : (k+1)*points]
	}
	return all
}
