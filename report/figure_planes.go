package report

import (
	"fmt"

	"nodal/analysis"
	"nodal/report/chart"
	"nodal/report/number"
	"nodal/report/surface"
	"nodal/sampler"
	"nodal/schema"
)

// planeFigures returns the figures of networks with two inputs.
func (a *artist) planeFigures() []File {
	var files []File
	files = append(files, a.still("landscape", figureWidth, landscapeHeight, func() chart.Figure { return a.surface(a.richest()) })...)
	files = append(files, a.still("landscapes", figureWidth, 1060, a.landscapes)...)
	files = append(files, a.still("regions", regionsWidth, regionsHeight, func() chart.Figure { return a.regions(a.richest()) })...)
	files = append(files, a.still("region-maps", figureWidth, figureWidth, a.regionMaps)...)
	files = append(files, a.still("ranges", figureWidth, 420, a.planeRanges)...)
	files = append(files, a.still("graph", figureWidth, curveHeight, a.graph)...)
	return append(files, a.animations()...)
}

// surface is one landscape.
func (a *artist) surface(d *sampler.Drawing) surface.Figure {
	style := surface.DefaultStyle()
	style.Palette, style.Theme = a.options.Palette, a.options.Theme
	title := "A landscape over its contour floor"
	if a.c.Outputs > 1 {
		title = "The largest output, coloured by class"
	}
	return surface.Figure{Field: *landscape(d), Style: style, Title: title, Subtitle: Words(a.c),
		Note: a.networkNote(d.Row.Network) + a.facts(d)}
}

// landscapes is several landscapes side by side.
func (a *artist) landscapes() chart.Figure {
	return a.planes("Landscapes of ", landscapeShape, func(d *sampler.Drawing) chart.Figure {
		f := a.surface(d)
		f.Bare = true
		return f
	})
}

// regions is the class map of one network.
func (a *artist) regions(d *sampler.Drawing) chart.Regions {
	return chart.Regions{Style: a.style("Classes cut out of the plane", a.networkNote(d.Row.Network)+a.facts(d)),
		Grid: d.Configuration.Grid, Pre: outputs(d, d.Pre), Islands: islands(d)}
}

// regionMaps is several class maps side by side.
func (a *artist) regionMaps() chart.Figure {
	return a.planes("Regions and islands of ", 1, func(d *sampler.Drawing) chart.Figure {
		f := a.regions(d)
		f.Bare = true
		return f
	})
}

// landscapeShape is the width over the height of a landscape without texts.
const landscapeShape = 1.1

// planes is the first nine networks, each as a figure of some width over its height.
func (a *artist) planes(title string, shape float64, figure func(*sampler.Drawing) chart.Figure) chart.Figure {
	drawings := a.first()
	drawings = drawings[:min(len(drawings), 9)]
	m := chart.Multiples{Style: a.style(title+kindName(a.c), a.sampleNote(len(drawings))), Columns: 3, Shape: shape}
	for _, d := range drawings {
		m.Cells = append(m.Cells, chart.Cell{Figure: figure(d), Label: a.label(d)})
	}
	return m
}

// planeRanges is one network over narrow and wide inputs.
func (a *artist) planeRanges() chart.Figure {
	network := a.richest().Row.Network
	p := chart.Panels{Style: a.style("The same network over narrow and wide inputs", a.networkNote(network)), Columns: 3}
	for _, factor := range rangeFactors {
		d := a.redrawer.Draw(a.c, network, scaled(FigureGrid(a.c.Grid), factor))
		if !d.Finite() {
			continue
		}
		f := a.regions(d)
		f.Style = chart.Style{Title: rangeTitle(d), Palette: a.options.Palette, Theme: a.options.Theme}
		p.Figures = append(p.Figures, f)
	}
	return p
}

// rangeFactors make [-1, 1], [-6, 6] and [-60, 60] of the article's inputs.
var rangeFactors = []float64{1. / 6, 1, 10}

// scaled returns a grid whose ends are so many times as far from zero.
func scaled(g schema.Grid, factor float64) schema.Grid {
	for i := range g {
		g[i].From, g[i].To = g[i].From*factor, g[i].To*factor
	}
	return g
}

func rangeTitle(d *sampler.Drawing) string {
	text := "inputs from "
	for i, a := range d.Configuration.Grid {
		if i > 0 && a.From == d.Configuration.Grid[0].From && a.To == d.Configuration.Grid[0].To {
			break
		}
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("%s to %s", number.Short(a.From), number.Short(a.To))
	}
	return text
}

// islands numbers the islands of a drawing from 1 in the order of their first points,
// and gives every point the number of its island, 0 for none.
func islands(d *sampler.Drawing) []int32 {
	class, _ := d.Classes()
	region, island := analysis.RegionPoints(class, analysis.ShapeOf(d.Configuration.Grid), d.Configuration.Connectivity)
	numbers, next := make([]int32, len(island)), int32(0)
	for r := range island {
		if island[r] {
			next++
			numbers[r] = next
		}
	}
	at := make([]int32, len(region))
	for p, r := range region {
		at[p] = numbers[r]
	}
	return at
}

// label names a network in small multiples and says what its row does.
func (a *artist) label(d *sampler.Drawing) string {
	row := &a.measured(d).Row
	if d.Configuration.Inputs == 1 {
		return fmt.Sprintf("%d: %s", row.Network, counted(row.Crossings, "crossing"))
	}
	return fmt.Sprintf("%d: %s, %s", row.Network, counted(row.Regions, "region"), counted(row.Islands, "island"))
}

// kindName names a kind of network in a title: "tanh networks 1-11-9-1".
func kindName(c *schema.Configuration) string {
	activation := c.Activation
	if c.Depth() == 0 {
		activation = c.OutputActivation
	}
	return fmt.Sprintf("%s networks %s", activation, c.LayersText())
}
