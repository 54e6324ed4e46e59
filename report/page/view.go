package page

import (
	"fmt"
	"html/template"
	"slices"

	"nodal/report/number"
)

// view is what the templates read: Data, and what follows from it.
type view struct {
	*Data
	Style            template.CSS
	Script           template.JS
	JSON, Pictures   template.JS // for the script
	Plotly           template.HTML
	Licence          string
	Sections         []section
	HasHeatMap       bool
	Activations      []string // of the configurations, each once
	Depths, InputsOf []int
	Rows             []row
	Cases            []galleryCase
	Exhibits         []exhibit
	CoarseOnes       []row
}

// section is a part of the page that a link leads to.
type section struct{ ID, Name string }

// row is a configuration in the table.
type row struct {
	*Configuration
	Index       int
	Activations string
	Telling     string // what tells it from others of the same layers, "" if there are none
	Columns     []column
}

// column is a statistic of a row.
type column struct{ Name, Text string }

// galleryCase is the galleries of one case.
type galleryCase struct {
	Name    string
	Members []gallery
}

type gallery struct {
	Title, Telling string
	Shots          []shot
}

// shot is a picture as a button.
type shot struct {
	Index                int // among the page's pictures
	Kind, Caption, Label string
}

type exhibit struct {
	*Exhibit
	Shots []shot
}

// choice is a select over values.
type choice struct {
	Name, Label string
	Values      any // a slice
}

func newChoice(name, label string, values any) choice { return choice{name, label, values} }

// arrange fills in what follows from the data.
func (v *view) arrange() {
	telling := tellings(v.Configurations)
	for i := range v.Configurations {
		c := &v.Configurations[i]
		v.Activations = append(v.Activations, c.Activation)
		v.Depths = append(v.Depths, c.Depth)
		v.InputsOf = append(v.InputsOf, c.Inputs)
		r := row{Configuration: c, Index: i, Activations: c.activations(), Telling: telling[i], Columns: v.columns(c)}
		v.Rows = append(v.Rows, r)
		if c.Coarse {
			v.CoarseOnes = append(v.CoarseOnes, r)
		}
	}
	v.Activations = distinct(v.Activations)
	v.Depths = distinct(v.Depths)
	v.InputsOf = distinct(v.InputsOf)
	v.arrangePictures()
	v.arrangeSections()
}

func (v *view) columns(c *Configuration) []column {
	if len(c.Statistics) != len(v.Statistics) {
		panic(fmt.Sprintf("page: configuration %s has %d statistics, want %d", c.ID, len(c.Statistics), len(v.Statistics)))
	}
	var all []column
	for i, name := range v.Statistics {
		all = append(all, column{name, c.Statistics[i].Text})
	}
	return all
}

// arrangePictures numbers pictures as wiredPictures does.
func (v *view) arrangePictures() {
	next := 0
	for i := range v.Configurations {
		c := &v.Configurations[i]
		shots := shotsOf(c.title(), c.Gallery, &next)
		if len(shots) == 0 {
			continue
		}
		k := slices.IndexFunc(v.Cases, func(g galleryCase) bool { return g.Name == c.Case })
		if k < 0 {
			k = len(v.Cases)
			v.Cases = append(v.Cases, galleryCase{Name: c.Case})
		}
		v.Cases[k].Members = append(v.Cases[k].Members, gallery{c.title(), v.Rows[i].Telling, shots})
	}
	for i := range v.Zoo {
		e := &v.Zoo[i]
		if shots := shotsOf(e.title(), e.Pictures, &next); len(shots) > 0 {
			v.Exhibits = append(v.Exhibits, exhibit{e, shots})
		}
	}
}

func shotsOf(title string, pictures []Picture, next *int) []shot {
	var all []shot
	for i := range pictures {
		p := &pictures[i]
		all = append(all, shot{*next, p.kind(), p.Caption, fmt.Sprintf("%s, %s: %s", p.Caption, title, p.Alt)})
		*next++
	}
	return all
}

// arrangeSections lists the sections that have something to show, in order.
func (v *view) arrangeSections() {
	for _, s := range []struct {
		section
		show bool
	}{
		{section{"answers", "Answers"}, len(v.Answers)+len(v.Comparisons) > 0},
		{section{"table", "Configurations"}, len(v.Rows) > 0},
		{section{"distributions", "Distributions"}, v.hasHistogram()},
		{section{"heat-map", "Depth × width"}, v.HasHeatMap},
		{section{"theory", "Theory"}, len(v.Theory) > 0},
		{section{"boundaries", "Boundaries"}, v.bothKnown() > 1},
		{section{"convergence", "Convergence"}, len(v.Convergence) > 0},
		{section{"gallery", "Gallery"}, len(v.Cases) > 0},
		{section{"zoo", "Zoo"}, len(v.Exhibits) > 0},
		{section{"grids", "Grids"}, len(v.CoarseOnes) > 0},
		{section{"overflowed", "Overflowed"}, len(v.Overflowed) > 0},
		{section{"load", "Load the rows"}, len(v.Queries) > 0},
		{section{"provenance", "Provenance"}, len(v.Provenance) > 0},
	} {
		if s.show {
			v.Sections = append(v.Sections, s.section)
		}
	}
}

// Shows reports whether a section has something to show.
func (v *view) Shows(id string) bool {
	return slices.ContainsFunc(v.Sections, func(s section) bool { return s.ID == id })
}

// hasHistogram reports whether there is a histogram to draw.
func (v *view) hasHistogram() bool {
	return slices.ContainsFunc(v.Configurations, func(c Configuration) bool {
		return slices.ContainsFunc(c.Statistics, func(m Measured) bool { return len(m.Histogram.Counts) > 0 })
	})
}

// bothKnown returns the number of configurations with boundary length and roughness.
func (v *view) bothKnown() int {
	n := 0
	for _, c := range v.Configurations {
		if c.BoundaryLength.Known && c.Roughness.Known {
			n++
		}
	}
	return n
}

// HasPredicted reports whether there is a mean with a prediction to draw.
func (v *view) HasPredicted() bool {
	return slices.ContainsFunc(v.Theory, func(p Prediction) bool { return p.HasPrediction && p.Measured.Known })
}

// Charts reports whether the page has charts or pictures.
func (v *view) Charts() bool { return len(v.Configurations)+len(v.Comparisons) > 0 }

// Listed returns the networks listed, and how many are not.
func (o Overflowed) Listed() string {
	text := ""
	for i, n := range o.Networks {
		if i > 0 {
			text += ", "
		}
		text += number.Count(n)
	}
	if rest := o.All - int64(len(o.Networks)); rest > 0 {
		text += fmt.Sprintf(" and %s more", number.Count(rest))
	}
	return text
}

// Run says in one line what was run.
func (v *view) Run() string { return v.run() }

// distinct returns each value once, ascending.
func distinct[T int | string](values []T) []T {
	slices.Sort(values)
	return slices.Compact(values)
}
