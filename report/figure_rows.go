package report

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"nodal/analysis"
	"nodal/analysis/compare"
	"nodal/dataset"
	"nodal/report/chart"
	"nodal/report/number"
	"nodal/report/page"
	"nodal/schema"
)

// RowFigures returns the figures of the rows of a dataset, finished or not: distributions,
// depth × width, comparisons, theory, boundary length over roughness, convergence with
// the grid, and the networks at the ends and quantiles of columns. The rows are read
// once, now; the errors are those of reading. Networks that this version of nodal cannot
// draw again are left out. Heat maps and networks at quantiles are of
// some counts, and of the columns that are asked for.
func RowFigures(ctx context.Context, reader *dataset.Reader, workers int, columns []schema.MeasuredColumn, o FigureOptions) ([]File, error) {
	c := &collector{options: Options{Palette: o.Palette, Workers: workers}, reader: reader, plan: reader.Plan()}
	for _, column := range columns {
		if !slices.Contains(c.ranked, column) {
			c.ranked = append(c.ranked, column)
		}
	}
	if err := c.read(ctx); err != nil {
		return nil, err
	}
	p := plotter{collector: c, options: o, data: &page.Data{Configurations: c.configurations()}, names: fileNames(c.plan.Configurations)}
	if err := c.converge(ctx, p.data); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return nil, err
	}
	files := p.histograms()
	files = append(files, p.heatMaps()...)
	files = append(files, p.comparisonFigures()...)
	files = append(files, p.agreements()...)
	files = append(files, p.scatters()...)
	files = append(files, p.convergences()...)
	zoo, err := p.zooFigures()
	if err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return nil, err
	}
	return append(files, zoo...), nil
}

// plotter makes the figures of the rows of a dataset.
type plotter struct {
	*collector
	options FigureOptions
	data    *page.Data
	names   map[string]string // that files of a configuration begin with, by its identifier
}

func (p *plotter) style(title, subtitle, note string) chart.Style {
	return chart.Style{Title: title, Subtitle: subtitle, Note: note, Palette: p.options.Palette, Theme: p.options.Theme}
}

// family is the lines of one case and number of inputs.
type family struct {
	name  string // the case
	file  string // that its files begin with
	lines []*page.Configuration
}

// columns returns the columns of heat maps and zoos: those that are always shown and those
// that were asked for.
func (p *plotter) columns(inputs int) []schema.MeasuredColumn {
	all := slices.Clone(exhibited[inputs])
	for _, column := range p.ranked {
		if !slices.Contains(all, column) {
			all = append(all, column)
		}
	}
	return all
}

// families groups the configurations by case and number of inputs, in their order.
func (p *plotter) families() []family {
	var all []family
	at := map[string]int{}
	for i := range p.data.Configurations {
		line := &p.data.Configurations[i]
		key := fmt.Sprint(line.Case, " ", line.Inputs)
		k, ok := at[key]
		if !ok {
			k = len(all)
			at[key] = k
			all = append(all, family{name: line.Case, file: line.Case})
		}
		all[k].lines = append(all[k].lines, line)
	}
	for i := range all { // a case of one input and two
		if slices.ContainsFunc(all, func(f family) bool {
			return f.name == all[i].name && f.lines[0].Inputs != all[i].lines[0].Inputs
		}) {
			all[i].file += fmt.Sprintf("-%dd", all[i].lines[0].Inputs)
		}
	}
	return all
}

// names returns what tells the configurations of a family apart: layers, and what else
// differs.
func (f family) names() []string {
	differs := func(of func(*page.Configuration) string) bool {
		for _, line := range f.lines {
			if of(line) != of(f.lines[0]) {
				return true
			}
		}
		return false
	}
	parts := []func(*page.Configuration) string{func(c *page.Configuration) string { return c.Layers }}
	for _, part := range []func(*page.Configuration) string{
		func(c *page.Configuration) string { return c.Activation },
		func(c *page.Configuration) string { return c.OutputActivation },
		func(c *page.Configuration) string { return c.Weights },
		func(c *page.Configuration) string { return c.Biases },
		func(c *page.Configuration) string { return c.Grid },
	} {
		if differs(part) {
			parts = append(parts, part)
		}
	}
	names := make([]string, len(f.lines))
	for i, line := range f.lines {
		var words []string
		for _, part := range parts {
			words = append(words, part(line))
		}
		names[i] = strings.Join(words, " ")
	}
	return names
}

// shared says in words what all configurations of a family have in common.
func (f family) shared() string {
	first, words := f.lines[0], []string{f.name}
	same := func(text string, of func(*page.Configuration) string) {
		for _, line := range f.lines {
			if of(line) != of(first) {
				return
			}
		}
		words = append(words, text)
	}
	same(first.Activation, func(c *page.Configuration) string { return c.Activation })
	same("weights "+first.Weights, func(c *page.Configuration) string { return c.Weights })
	same("biases "+first.Biases, func(c *page.Configuration) string { return c.Biases })
	same("grid "+first.Grid, func(c *page.Configuration) string { return c.Grid })
	return strings.Join(words, ", ")
}

// networks says how many networks the configurations of a family have.
func (f family) networks() string {
	least, most := f.lines[0].Networks, f.lines[0].Networks
	for _, line := range f.lines {
		least, most = min(least, line.Networks), max(most, line.Networks)
	}
	if least == most {
		return counted(most, "network") + " each"
	}
	return fmt.Sprintf("%s to %s networks each", number.Count(least), number.Count(most))
}

// histograms shows how counts are distributed, one figure for a family and column.
func (p *plotter) histograms() []File {
	var files []File
	for _, f := range p.families() {
		names := f.names()
		for _, measured := range exhibited[f.lines[0].Inputs] {
			column := string(measured)
			at := indexOf(p.table.Statistics, column)
			figure := chart.Histogram{Style: p.style("How many "+words(column), f.shared(), f.networks()+"; mark: mean ± standard error"), Column: words(column)}
			for i, line := range f.lines {
				m := line.Statistics[at]
				figure.Distributions = append(figure.Distributions, chart.Distribution{Name: names[i], Edges: m.Histogram.Edges, Counts: m.Histogram.Counts,
					N: line.Networks - line.Nonfinite, Mean: m.Value, Error: m.Error})
			}
			files = append(files, stills(p.options, f.file+"-"+dashed(column), figureWidth, tallFor(len(f.lines), 90), func() chart.Figure { return figure })...)
		}
	}
	return files
}

// tallFor returns the height of a figure of so many lines.
func tallFor(lines, each int) int { return min(max(240+lines*each, curveHeight), 1600) }

func indexOf(names []string, name string) int {
	for i := range names {
		if names[i] == name {
			return i
		}
	}
	panic("report: no statistic " + name)
}

// capital returns a text with a capital first letter of ASCII.
func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// dashed returns the name of a column for the name of a file.
func dashed(column string) string { return strings.ReplaceAll(column, "_", "-") }

// words returns the name of a column in words.
func words(column string) string { return strings.ReplaceAll(column, "_", " ") }

// comparisonFigures shows ratios with their intervals, a figure for each group.
func (p *plotter) comparisonFigures() []File {
	var files []File
	for i := range p.comparisons.Groups {
		g := &p.comparisons.Groups[i]
		if len(compared(g)) == 0 {
			continue
		}
		figure := chart.Comparison{Style: p.style(g.Kind.Title(), setting(g), groupNote(g)), Label: "times the mean of " + g.Name(0)}
		for k, m := range g.Measures {
			for _, side := range compared(g) {
				c := &g.Sides[side].Comparisons[k]
				r := chart.Ratio{Group: m.Title(), Name: g.Name(side), Text: c.Text()}
				if c.Ratio.Bounded() {
					r.Value, r.Low, r.High, r.Known = c.Ratio.Value, c.Ratio.Low, c.Ratio.High, true
				}
				figure.Ratios = append(figure.Ratios, r)
			}
		}
		name := fmt.Sprintf("compare-%s-%s", dashed(string(g.Kind)), p.names[g.Sides[0].ConfigID])
		files = append(files, stills(p.options, name, figureWidth, tallFor(len(figure.Ratios), 26), func() chart.Figure { return figure })...)
	}
	return files
}

func groupNote(g *compare.Group) string {
	return fmt.Sprintf("95 %% intervals; %s networks of %s", number.Count(g.Sides[0].Finite()), g.Name(0))
}

// agreements shows measured means over predicted ones, a figure for each column.
func (p *plotter) agreements() []File {
	byColumn := map[string]*chart.Agreement{}
	networks := map[string]int64{}
	var order []string
	for i := range p.lines {
		l := &p.lines[i]
		want, _ := l.Prediction()
		if want == nil || l.Networks < 2 {
			continue
		}
		a, ok := byColumn[l.Column]
		if !ok {
			a = &chart.Agreement{Column: words(l.Column)}
			byColumn[l.Column] = a
			order = append(order, l.Column)
		}
		networks[l.Column] += l.Networks
		a.Predictions = append(a.Predictions, chart.Prediction{Name: l.Configuration.Case, Measured: l.Mean, Error: l.StandardError, Predicted: want.Value})
	}
	var files []File
	for _, column := range order {
		a := byColumn[column]
		a.Style = p.style("Theory against measurement: "+a.Column, "limit of infinitely wide networks, on the grids that measured",
			fmt.Sprintf("%d configurations, %s networks in all", len(a.Predictions), number.Count(networks[column])))
		files = append(files, stills(p.options, "theory-"+dashed(column), figureWidth, 900, func() chart.Figure { return *a })...)
	}
	return files
}

// convergences shows how counts grow with the grid.
func (p *plotter) convergences() []File {
	byColumn := map[string]*chart.Convergence{}
	var files []File
	for _, curve := range p.data.Convergence {
		f, ok := byColumn[curve.Column]
		if !ok {
			f = &chart.Convergence{Style: p.style("How many "+words(curve.Column)+" a grid sees", "the same networks on grids of half the steps",
				fmt.Sprintf("up to %d networks each; bars: standard errors; ring: the dataset's own grid", convergeNetworks)), Column: words(curve.Column)}
			byColumn[curve.Column] = f
			files = append(files, stills(p.options, "convergence-"+dashed(curve.Column), figureWidth, 600, func() chart.Figure { return *f })...)
		}
		g := chart.Growth{Name: curve.Case + " " + curve.Layers + " " + curve.Activation, Points: curve.Resolution, Own: curve.Resolution[0]}
		for _, m := range curve.Means {
			g.Means, g.Errors = append(g.Means, m.Value), append(g.Errors, m.Error)
		}
		f.Growth = append(f.Growth, g)
	}
	return files
}

// scatters shows boundary length over roughness, and crossings over roughness with one
// input: a figure for each family.
func (p *plotter) scatters() []File {
	var files []File
	byID := p.byID()
	for _, f := range p.families() {
		names, y := f.names(), "crossings"
		if f.lines[0].Inputs == 2 {
			y = "boundary_length"
		}
		figure := chart.Scatter{XLabel: "roughness", YLabel: words(y), LogX: true}
		shown := 0
		for i, line := range f.lines {
			if i == mostClouds {
				break
			}
			t := p.seen.of(byID[line.ID])
			figure.Clouds = append(figure.Clouds, chart.Cloud{Name: names[i], X: t.sampleX, Y: t.sampleY})
			shown += len(t.sampleX)
		}
		figure.Style = p.style(capital(words(y))+" against roughness", f.shared(),
			fmt.Sprintf("the first %s; %d of %d configurations", counted(int64(shown), "network"), len(figure.Clouds), len(f.lines)))
		files = append(files, stills(p.options, f.file+"-"+dashed(y)+"-roughness", figureWidth, 680, func() chart.Figure { return figure })...)
	}
	return files
}

// zooTitle says what the networks of a zoo have few and many of.
func zooTitle(column schema.MeasuredColumn) string {
	if column.IsCount() {
		return "From the fewest to the most " + words(string(column))
	}
	return "From the least to the largest " + words(string(column))
}

// Size of the zoo in CSS pixels.
const zooWidth, zooHeight = 1280, 440

// mostClouds is how many configurations can be told apart by colour and shape.
const mostClouds = 8

// zooFigures shows the networks at the ends and quantiles of columns.
func (p *plotter) zooFigures() ([]File, error) {
	var files []File
	for inputs := 1; inputs <= 2; inputs++ {
		for _, column := range p.columns(inputs) {
			for _, c := range p.farthest(column, inputs) {
				more, err := p.zooFigure(c, string(column), p.seen.of(c).ranks[column])
				if err != nil {
					return nil, err
				}
				files = append(files, more...)
			}
		}
	}
	return files, nil
}

// zooFigure shows the networks of one configuration from the smallest to the largest
// value of a column.
func (p *plotter) zooFigure(c *schema.Configuration, column string, ranks *analysis.Ranks) ([]File, error) {
	a, err := newArtist(p.plan, c, p.names[c.ID()], p.options)
	if err != nil {
		return nil, err
	}
	return stills(p.options, a.name+"-zoo-"+dashed(column), zooWidth, zooHeight, func() chart.Figure {
		m := chart.Multiples{Style: a.style(zooTitle(schema.MeasuredColumn(column)), number.Count(ranks.Networks())+" networks")}
		for _, at := range places(ranks) {
			d := a.redrawer.Draw(c, at.network, FigureGrid(c.Grid))
			if d.Finite() {
				m.Cells = append(m.Cells, chart.Cell{Label: fmt.Sprintf("%s (network %d)", at.text, at.network), Figure: a.bare(d)})
			}
		}
		m.Columns = max(len(m.Cells), 1)
		if c.Inputs == 2 {
			m.Shape = landscapeShape
		}
		return m
	}), nil
}
