package report

import (
	"fmt"

	"nodal/dataset"
	"nodal/report/chart"
	"nodal/report/number"
	"nodal/sampler"
)

// Portrait is the figures of one network.
type Portrait struct {
	artist  *artist
	drawing *sampler.Drawing
}

// NewPortrait returns the figures of a network of a plan as a drawing shows it, which
// has to be finite.
func NewPortrait(plan *dataset.Plan, n sampler.Network, d *sampler.Drawing, o FigureOptions) *Portrait {
	return &Portrait{&artist{options: o, plan: plan, c: n.Configuration, portrait: true}, d}
}

// Files returns the figures under names that begin with base: for one input the curves
// over their classes, for two the landscape and the map of its classes.
func (p *Portrait) Files(base string) []File {
	d, o := p.drawing, p.artist.options
	if d.Configuration.Inputs == 1 {
		return stills(o, base, figureWidth, curveHeight, func() chart.Figure { return p.artist.intervals(d, 0, 0) })
	}
	files := stills(o, base, figureWidth, landscapeHeight, func() chart.Figure { return p.artist.surface(d) })
	return append(files, stills(o, base+"-regions", regionsWidth, regionsHeight, func() chart.Figure { return p.artist.regions(d) })...)
}

// Facts says in a line what is measured of a drawing.
func Facts(d *sampler.Drawing) string {
	if !d.Finite() {
		return "nonfinite"
	}
	text := alternative(d)
	if d.Configuration.Inputs == 2 {
		text += ", boundary length " + number.Short(d.Row.BoundaryLength)
	}
	resolved := "resolved"
	if !d.Row.Resolved {
		resolved = "not resolved"
	}
	return fmt.Sprintf("%s, roughness %s, %s", text, number.Short(d.Row.Roughness), resolved)
}
