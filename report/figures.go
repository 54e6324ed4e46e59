package report

import (
	"fmt"
	"io"
	"slices"

	"nodal/dataset"
	"nodal/report/chart"
	"nodal/report/number"
	"nodal/report/palette"
	"nodal/sampler"
	"nodal/schema"
)

// File is a figure that can be written under a name.
type File struct {
	Name  string // "tanh-2d-2-16-16-1-landscape.png"
	Write func(io.Writer) error
}

// Format is how figures are written.
type Format string

// The formats: PNG at double density, SVG, and GIF for what moves.
const (
	PNG Format = "png"
	SVG Format = "svg"
	GIF Format = "gif"
)

// Formats lists every format.
func Formats() []Format { return []Format{PNG, SVG, GIF} }

// FigureOptions says how figures look and which there are.
type FigureOptions struct {
	Palette *palette.Palette
	Theme   *palette.Theme
	Formats []Format
}

// examples is how many networks the article shows of each kind.
const examples = 49

// NetworkFigures returns the figures of the networks of a plan, drawn when they are
// written: for every kind of network in it curves or landscapes, small multiples, class
// maps, 49 examples in turn, and a walk through weight space. Configurations that differ
// in case, grid points or connectivity alone are one kind; those whose first networks all
// overflow have no figures. Files are to be written one at a time. The error is that of [sampler.NewRedrawer].
func NetworkFigures(plan *dataset.Plan, o FigureOptions) ([]File, error) {
	var files []File
	names := fileNames(plan.Configurations)
	for _, c := range kinds(plan.Configurations) {
		a, err := newArtist(plan, c, names[c.ID()], o)
		if err != nil {
			return nil, err
		}
		switch {
		case a.lost():
			continue
		case c.Inputs == 1:
			files = append(files, a.curveFigures()...)
		default:
			files = append(files, a.planeFigures()...)
		}
	}
	return files, nil
}

// kinds returns the configurations that make different pictures, the first of each
// kind.
func kinds(all []schema.Configuration) []*schema.Configuration {
	var kept []*schema.Configuration
	seen := map[string]bool{}
	for i := range all {
		c := all[i]
		c.Case, c.Connectivity = "", 6
		c.Grid = slices.Clone(c.Grid)
		for k := range c.Grid {
			c.Grid[k].Points = 2
		}
		if key := c.Canonical(); !seen[key] {
			seen[key] = true
			kept = append(kept, &all[i])
		}
	}
	return kept
}

// artist makes the figures of one configuration.
type artist struct {
	options  FigureOptions
	redrawer *sampler.Redrawer
	plan     *dataset.Plan
	c        *schema.Configuration
	name     string // that its files begin with
	portrait bool   // of one drawing, whatever its grid

	drawn []*sampler.Drawing // the first finite networks, once they are drawn
}

// newArtist returns the artist of a configuration of a plan, whose files begin with name.
// The error is that of [sampler.NewRedrawer].
func newArtist(plan *dataset.Plan, c *schema.Configuration, name string, o FigureOptions) (*artist, error) {
	r, err := sampler.NewRedrawer(plan)
	if err != nil {
		return nil, err
	}
	return &artist{options: o, redrawer: r, plan: plan, c: c, name: name}, nil
}

// graph is the network itself: inputs, sums, activations, and biases held at 1.
func (a *artist) graph() chart.Figure {
	d := a.richest()
	return chart.Graph{Style: a.style("A network as a graph", a.networkNote(d.Row.Network)), Layers: a.c.Layers(),
		Weights: d.Weights, Biases: d.Biases, Activation: string(a.c.Activation), OutputActivation: string(a.c.OutputActivation)}
}

// bare is one network as a picture without texts.
func (a *artist) bare(d *sampler.Drawing) chart.Figure {
	switch {
	case a.c.Inputs == 2:
		f := a.surface(d)
		f.Bare = true
		return f
	default:
		f := a.intervals(d, 0, 0)
		f.Style.Bare = true
		return f
	}
}

// lost reports whether the networks overflow that first looks at.
func (a *artist) lost() bool {
	for network := range a.looked() {
		if a.redrawer.Draw(a.c, network, FigureGrid(a.c.Grid)).Finite() {
			return false
		}
	}
	return true
}

// looked returns how many networks first looks at.
func (a *artist) looked() int64 { return min(a.c.Networks, 10*examples) }

// first returns the first finite networks of the configuration, 49 or as many as it has.
func (a *artist) first() []*sampler.Drawing {
	if a.drawn == nil {
		a.drawn = []*sampler.Drawing{}
		grid := FigureGrid(a.c.Grid)
		for network := range a.looked() {
			if d := a.redrawer.Draw(a.c, network, grid); d.Finite() {
				a.drawn = append(a.drawn, d)
			}
			if len(a.drawn) == examples {
				break
			}
		}
	}
	return a.drawn
}

// Points of figures, whatever the grid that was measured on.
const (
	figureCurve = 601
	figurePlane = 161
)

// FigureGrid returns a grid over the same ranges with points for a figure.
func FigureGrid(g schema.Grid) schema.Grid {
	points := figureCurve
	if len(g) == 2 {
		points = figurePlane
	}
	return withPoints(g, points)
}

// withPoints returns a grid over the same ranges with so many points on every axis.
func withPoints(g schema.Grid, points int) schema.Grid {
	g = slices.Clone(g)
	for i := range g {
		g[i].Points = points
	}
	return g
}

// style returns the heading of a figure and what it is a sample of.
func (a *artist) style(title, note string) chart.Style {
	return chart.Style{Title: title, Subtitle: Words(a.c), Note: note, Palette: a.options.Palette, Theme: a.options.Theme}
}

// measured returns a network as its row measured it. A portrait is of its own grid.
func (a *artist) measured(d *sampler.Drawing) *sampler.Drawing {
	if a.portrait {
		return d
	}
	return a.redrawer.Draw(a.c, d.Row.Network, a.c.Grid)
}

// facts says what the row of a network does, to stand behind its name. The figure may
// show more points than were measured.
func (a *artist) facts(d *sampler.Drawing) string {
	if a.portrait {
		return "; on this grid: " + alternative(d)
	}
	return "; its row: " + alternative(a.measured(d))
}

// sampleNote says how many networks a figure shows of how many.
func (a *artist) sampleNote(shown int) string {
	return fmt.Sprintf("%d of %s, seed %d", shown, counted(a.c.Networks, "network"), a.plan.Seed)
}

// networkNote names the one network that a figure shows.
func (a *artist) networkNote(network int64) string {
	return fmt.Sprintf("network %s of %s, seed %d", number.Count(network), number.Count(a.c.Networks), a.plan.Seed)
}

// Words describes a configuration in a line: "1-11-9-1 tanh, weights uniform(…)".
func Words(c *schema.Configuration) string {
	activation := string(c.Activation)
	if c.OutputActivation != c.Activation {
		activation += ", output " + string(c.OutputActivation)
	}
	if c.Depth() == 0 {
		activation = string(c.OutputActivation)
	}
	return fmt.Sprintf("%s %s, weights %s, biases %s", c.LayersText(), activation, c.Weights, c.Biases)
}

// still returns the files of a figure that does not move.
func (a *artist) still(suffix string, width, height int, figure func() chart.Figure) []File {
	return stills(a.options, a.name+"-"+suffix, width, height, figure)
}

// stills returns a figure as PNG and SVG, as far as these are wanted.
func stills(o FigureOptions, name string, width, height int, figure func() chart.Figure) []File {
	var files []File
	if slices.Contains(o.Formats, PNG) {
		files = append(files, File{name + ".png", func(w io.Writer) error {
			return chart.WritePNG(w, figure(), width, height, density)
		}})
	}
	if slices.Contains(o.Formats, SVG) {
		files = append(files, File{name + ".svg", func(w io.Writer) error {
			return chart.WriteSVG(w, figure(), width, height)
		}})
	}
	return files
}

// density is how many device pixels of a PNG lie along a CSS pixel.
const density = 2
