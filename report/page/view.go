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
	Exhibits         []columnExhibits
	Overflows        []overflow
	CoarseOnes       []row
}

// section is a part of the page that a link leads to.
type section struct{ ID, Name string }

// row is a configuration in the table.
type row struct {
	*Configuration
	Short       string // the layers, without their middle if they are many
	Unresolved  string
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
	Open    bool
	Shots   int64
	Members []gallery
}

type gallery struct {
	Title, Telling string
	shots
}

// shots are pictures that stand together, in rows of as many as there are Columns if the
// window has room for them.
type shots struct {
	Shots   []shot
	Columns int
}

// shot is a picture as a button.
type shot struct {
	Index                int // among the page's pictures
	Kind, Caption, Label string
}

// columnExhibits is the exhibits of one column.
type columnExhibits struct {
	Name    string
	Members []exhibit
}

type exhibit struct {
	*Exhibit
	shots
}

// overflow is a configuration with networks that overflowed, and which.
type overflow struct {
	*Overflowed
	Short, Listed string
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
		r := row{Configuration: c, Short: shortLayers(c.Layers), Unresolved: c.unresolved(), Index: i, Activations: c.activations(), Telling: telling[i], Columns: v.columns(c)}
		v.Rows = append(v.Rows, r)
		if c.Coarse {
			v.CoarseOnes = append(v.CoarseOnes, r)
		}
	}
	v.Activations = distinct(v.Activations)
	v.Depths = distinct(v.Depths)
	v.InputsOf = distinct(v.InputsOf)
	v.arrangeOverflowed()
	v.arrangePictures()
	v.arrangeSections()
}

func (v *view) columns(c *Configuration) []column {
	if len(c.Statistics) != len(v.Statistics) {
		panic(fmt.Sprintf("page: configuration %s has %d statistics, want %d", c.ID, len(c.Statistics), len(v.Statistics)))
	}
	var all []column
	for i, name := range v.Statistics {
		all = append(all, column{words(name), c.Statistics[i].Text})
	}
	return all
}

// arrangePictures numbers pictures as wiredPictures does.
func (v *view) arrangePictures() {
	next := 0
	for i := range v.Configurations {
		c := &v.Configurations[i]
		shots := shotsOf(c.title(), c.Gallery, &next)
		if len(shots.Shots) == 0 {
			continue
		}
		k := slices.IndexFunc(v.Cases, func(g galleryCase) bool { return g.Name == c.Case })
		if k < 0 {
			k = len(v.Cases)
			v.Cases = append(v.Cases, galleryCase{Name: c.Case, Open: k < openCases})
		}
		v.Cases[k].Shots += int64(len(shots.Shots))
		v.Cases[k].Members = append(v.Cases[k].Members, gallery{c.title(), v.Rows[i].Telling, shots})
	}
	for i := range v.Zoo {
		e := &v.Zoo[i]
		if shots := shotsOf(e.title(), e.Pictures, &next); len(shots.Shots) > 0 {
			v.exhibit(exhibit{e, shots})
		}
	}
}

// exhibit puts an exhibit to the others of its column.
func (v *view) exhibit(e exhibit) {
	name := words(e.Column)
	k := slices.IndexFunc(v.Exhibits, func(c columnExhibits) bool { return c.Name == name })
	if k < 0 {
		k = len(v.Exhibits)
		v.Exhibits = append(v.Exhibits, columnExhibits{Name: name})
	}
	v.Exhibits[k].Members = append(v.Exhibits[k].Members, e)
}

// mostColumns is how many pictures have room side by side in a wide window.
const mostColumns = 8

// openCases is how many cases of the gallery are open at first.
const openCases = 3

func shotsOf(title string, pictures []Picture, next *int) shots {
	var all []shot
	for i := range pictures {
		p := &pictures[i]
		all = append(all, shot{*next, p.kind(), p.Caption, fmt.Sprintf("%s, %s: %s", p.Caption, title, p.Alt)})
		*next++
	}
	lines := (len(all) + mostColumns - 1) / mostColumns
	return shots{all, (len(all) + max(lines, 1) - 1) / max(lines, 1)}
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

// arrangeOverflowed says which networks overflowed: all of a configuration, or some.
func (v *view) arrangeOverflowed() {
	for i := range v.Overflowed {
		o := &v.Overflowed[i]
		text := o.listed()
		if slices.ContainsFunc(v.Configurations, func(c Configuration) bool { return c.ID == o.ID && c.Networks == o.All }) {
			text = "all " + number.Count(o.All)
		}
		v.Overflows = append(v.Overflows, overflow{o, shortLayers(o.Layers), text})
	}
}

// listed returns the networks listed, and how many are not.
func (o *Overflowed) listed() string {
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
