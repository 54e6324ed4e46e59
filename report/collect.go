package report

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"nodal/analysis"
	"nodal/analysis/compare"
	"nodal/analysis/theory"
	"nodal/dataset"
	"nodal/report/number"
	"nodal/report/page"
	"nodal/report/palette"
	"nodal/sampler"
	"nodal/schema"
)

// Options says how to report a dataset.
type Options struct {
	Dir     string           // of the dataset, as commands and queries name it
	Version string           // of nodal
	Palette *palette.Palette // of pictures
	Workers int              // goroutines that draw networks again; 0 means one per processor
}

// Collect reads a dataset, finished or not, and returns what its page shows. The errors
// are those of reading; networks that this version of nodal cannot draw again are
// reported without pictures, and a notice says so.
func Collect(ctx context.Context, reader *dataset.Reader, o Options) (*page.Data, error) {
	c := collector{options: o, reader: reader, plan: reader.Plan()}
	if err := c.read(ctx); err != nil {
		return nil, err
	}
	d := &page.Data{
		Sweep: c.plan.Sweep, Palette: o.Palette.Name, Seed: c.plan.Seed,
		Planned:    c.plan.Networks(),
		Statistics: c.table.Statistics, Columns: c.otherColumns(),
		Queries:    Queries(o.Dir),
		Provenance: c.provenance(),
	}
	for _, g := range c.table.Groups {
		d.Published += g.Networks
		d.Nonfinite += g.Nonfinite
	}
	d.Finite = d.Published - d.Nonfinite
	d.Configurations = c.configurations()
	d.Answers, d.Comparisons = answers(c.comparisons), comparisons(c.comparisons)
	d.Theory = predictions(c.lines)
	d.Overflowed = c.overflowed()
	d.Notices = c.notices(d)
	switch err := c.draw(ctx, d); {
	case errors.Is(err, errors.ErrUnsupported):
		d.Notices = append(d.Notices, page.Notice{Text: "No pictures: " + err.Error()})
	case err != nil:
		return nil, err
	}
	return d, nil
}

// collector gathers what a page shows of one dataset.
type collector struct {
	options Options
	reader  *dataset.Reader
	plan    *dataset.Plan

	table       *analysis.Table
	comparisons *compare.Table
	lines       []theory.Line
	seen        *census
	detail      detail                  // of pictures
	ranked      []schema.MeasuredColumn // beside those that are always exhibited
}

// read reads all rows once and works out what they say.
func (c *collector) read(ctx context.Context) error {
	c.seen = newCensus(c.plan.Configurations, c.ranked)
	var sums *compare.Gathered
	var means *theory.Measured
	err := analysis.Together(c.reader.Rows(),
		func(rows analysis.Rows) (err error) {
			c.table, err = analysis.Summarize(rows, nil)
			return err
		},
		func(rows analysis.Rows) (err error) {
			sums, err = compare.Gather(rows, c.plan.Configurations,
				compare.Options{Resamples: compare.DefaultResamples, Seed: compare.DefaultSeed})
			return err
		},
		func(rows analysis.Rows) (err error) {
			means, err = theory.Measure(c.plan.Configurations, rows)
			return err
		},
		c.seen.read)
	if err != nil {
		return err
	}
	return sampler.AtOnce(ctx, c.options.Workers,
		func() { c.comparisons = sums.Compare() },
		func() { c.lines = means.Predict() })
}

// configurations returns the lines of the table: those of the plan that have networks.
func (c *collector) configurations() []page.Configuration {
	key := slices.IndexFunc(c.table.Columns, func(column analysis.Column) bool { return column.Name == "config_id" })
	byID := make(map[string]*analysis.Summary, len(c.table.Groups))
	for i := range c.table.Groups {
		g := &c.table.Groups[i]
		byID[g.Key[key].(string)] = g
	}
	var all []page.Configuration
	for i := range c.plan.Configurations {
		configuration := &c.plan.Configurations[i]
		if g := byID[configuration.ID()]; g != nil {
			line := describe(configuration, g)
			seen := c.seen.of(configuration)
			line.Roughness = meanOf(c.seen.mean(seen, "roughness"))
			for _, name := range c.otherColumns() {
				m := meanOf(c.seen.mean(seen, schema.MeasuredColumn(name)))
				line.Columns = append(line.Columns, page.Column{Mean: m, Text: meanText(m, g.Finite())})
			}
			all = append(all, line)
		}
	}
	return all
}

// describe returns the line of a configuration.
func describe(c *schema.Configuration, g *analysis.Summary) page.Configuration {
	line := page.Configuration{
		ID: c.ID(), Case: c.Case, Layers: c.LayersText(),
		Activation: string(c.Activation), OutputActivation: string(c.OutputActivation),
		Weights: c.Weights.String(), Biases: c.Biases.String(), Grid: c.Grid.String(),
		Inputs: c.Inputs, Outputs: c.Outputs, Depth: c.Depth(), Width: c.Width(), Units: c.Units(), Parameters: c.Parameters(),
		Networks: g.Networks, Nonfinite: g.Nonfinite, Unresolved: g.Unresolved,
		UnresolvedText: number.Share(g.Unresolved, g.Finite()),
		Coarse:         g.UnresolvedShare() > analysis.TooCoarse,
		BoundaryLength: page.Mean{Value: g.Boundary.Mean, Error: g.Boundary.StandardError, Known: g.Finite() > 0},
	}
	for i := range g.Statistics {
		line.Statistics = append(line.Statistics, measured(&g.Statistics[i]))
	}
	return line
}

// otherColumns returns the names of the measured columns that are no statistics.
func (c *collector) otherColumns() []string {
	var names []string
	for _, column := range c.seen.columns {
		if !slices.Contains(c.table.Statistics, string(column)) {
			names = append(names, string(column))
		}
	}
	return names
}

// meanText returns a mean of so many networks as the table has it, "-" if there is none.
func meanText(m page.Mean, networks int64) string {
	if !m.Known {
		return "-"
	}
	return number.Estimated(m.Value, m.Error, networks)
}

// bars is how many bins a histogram has at most.
const bars = 40

func measured(s *analysis.Statistic) page.Measured {
	if s.Networks == 0 {
		return page.Measured{Text: meanText(page.Mean{}, 0)}
	}
	b, mean := s.Bins(bars), page.Mean{Value: s.Mean, Error: s.StandardError, Known: true}
	return page.Measured{
		Mean: mean,
		Text: meanText(mean, s.Networks),
		Q05:  s.Q05, Q50: s.Q50, Q95: s.Q95,
		Histogram: page.Histogram{Edges: b.Edges, Counts: b.Counts, Whole: b.Whole},
	}
}

func meanOf(m *analysis.ColumnMean) page.Mean {
	value, standardError := m.Moments()
	if m.Networks() < 2 {
		standardError = 0
	}
	return page.Mean{Value: value, Error: standardError, Known: m.Networks() > 0}
}

// predictions returns the lines of theory against measurement.
func predictions(lines []theory.Line) []page.Prediction {
	var all []page.Prediction
	for i := range lines {
		l, c := &lines[i], lines[i].Configuration
		p := page.Prediction{ID: c.ID(), Case: c.Case, Layers: c.LayersText(), Activation: string(c.Activation),
			Column: l.Column, Networks: l.Networks, Note: l.Note,
			Measured: page.Mean{Value: l.Mean, Error: l.StandardError, Known: l.Networks > 0}}
		if want, onGrid := l.Prediction(); want != nil {
			p.Predicted, p.OnGrid, p.HasPrediction = want.Value, onGrid, true
		}
		if l.Networks > 1 {
			p.Z, p.HasZ = l.Deviation()
		}
		all = append(all, p)
	}
	return all
}

// overflowed lists the networks that cannot be drawn.
func (c *collector) overflowed() []page.Overflowed {
	var all []page.Overflowed
	for i := range c.plan.Configurations {
		configuration := &c.plan.Configurations[i]
		if t := c.seen.of(configuration); t.overflows > 0 {
			all = append(all, page.Overflowed{ID: configuration.ID(), Case: configuration.Case, Layers: configuration.LayersText(),
				Networks: t.overflowed, All: t.overflows})
		}
	}
	return all
}

// notices says what to know before reading on.
func (c *collector) notices(d *page.Data) []page.Notice {
	var all []page.Notice
	add := func(serious bool, text string, args ...any) {
		all = append(all, page.Notice{Serious: serious, Text: fmt.Sprintf(text, args...)})
	}
	switch {
	case d.Published == 0:
		add(true, "No networks yet: %s planned. Run the sweep again to draw them.", number.Count(d.Planned))
	case !c.reader.Complete():
		add(true, "Not finished: %s of %s networks are there. Run the sweep again to draw the rest.", number.Count(d.Published), number.Count(d.Planned))
	}
	coarse := 0
	for i := range d.Configurations {
		if d.Configurations[i].Coarse {
			coarse++
		}
	}
	if coarse > 0 {
		add(true, "Grids too coarse: in %d of %d configurations more than %.2g %% of the networks are unresolved, so their counts are off, mostly too low. They are marked in the table.",
			coarse, len(d.Configurations), 100*analysis.TooCoarse)
	}
	if d.Nonfinite > 0 {
		add(false, "%s networks overflowed (status nonfinite). They are listed below and left out of every number.", number.Count(d.Nonfinite))
	}
	return all
}
