package report

import (
	"slices"

	"nodal/analysis"
	"nodal/schema"
)

// census gathers what summaries do not keep: means of all columns, and which networks
// there are to show.
type census struct {
	tallies map[string]*tally // by configuration
	columns []schema.MeasuredColumn
	values  []float64 // of a row, by column
}

// tally is what the census knows of one configuration.
type tally struct {
	first      []int64 // finite networks with the lowest indices, in the order of the rows
	overflowed []int64 // the same of those that are not
	overflows  int64
	means      []analysis.ColumnMean // by column
	sampleX    []float64             // roughness of some networks
	sampleY    []float64             // and their boundary length, which is crossings with one input
	ranks      map[schema.MeasuredColumn]*analysis.Ranks
}

const (
	mostFirst      = 12 // networks that a gallery may show
	mostOverflowed = 20 // that are listed by number
	mostSampled    = 400
)

// exhibited are the columns whose extremes are shown, by the number of inputs.
var exhibited = map[int][]schema.MeasuredColumn{1: {"crossings", "turning_points"}, 2: {"regions", "islands"}}

// newCensus returns the census of some configurations, which ranks the networks of each
// by the exhibited columns and some more.
func newCensus(configurations []schema.Configuration, more []schema.MeasuredColumn) *census {
	s := &census{tallies: map[string]*tally{}, columns: schema.MeasuredColumns()}
	s.values = make([]float64, len(s.columns))
	for i := range configurations {
		c := &configurations[i]
		t := &tally{ranks: map[schema.MeasuredColumn]*analysis.Ranks{}}
		for _, column := range s.columns {
			t.means = append(t.means, *analysis.NewColumnMean(column))
		}
		for _, column := range append(more, exhibited[c.Inputs]...) {
			t.ranks[column] = new(analysis.Ranks)
		}
		s.tallies[c.ID()] = t
	}
	return s
}

// of returns the tally of a configuration of the plan.
func (s *census) of(c *schema.Configuration) *tally { return s.tallies[c.ID()] }

// read takes the rows of a dataset.
func (s *census) read(rows analysis.Rows) error {
	for batch, err := range rows {
		if err != nil {
			return err
		}
		for i := range batch {
			if t := s.tallies[batch[i].ConfigID]; t != nil {
				s.add(t, &batch[i])
			}
		}
	}
	return nil
}

// add takes one row into its tally.
func (s *census) add(t *tally, r *schema.Row) {
	if r.Status != schema.StatusOK {
		t.overflows++
		if len(t.overflowed) < mostOverflowed {
			t.overflowed = append(t.overflowed, r.Network)
		}
		return
	}
	if len(t.first) < mostFirst {
		t.first = append(t.first, r.Network)
	}
	if len(t.sampleX) < mostSampled {
		t.sampleX, t.sampleY = append(t.sampleX, r.Roughness), append(t.sampleY, r.BoundaryLength)
	}
	schema.MeasuredValues(s.values, r)
	for i := range t.means {
		t.means[i].Add(s.values[i : i+1])
	}
	for column, ranks := range t.ranks {
		ranks.Add(r.Network, s.values[s.place(column)])
	}
}

// place returns where a column stands among the values of a row.
func (s *census) place(column schema.MeasuredColumn) int { return slices.Index(s.columns, column) }

// mean returns the mean of a column.
func (s *census) mean(t *tally, column schema.MeasuredColumn) *analysis.ColumnMean {
	return &t.means[s.place(column)]
}
