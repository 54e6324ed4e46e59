package report

import (
	"math"

	"nodal/analysis"
	"nodal/schema"
)

// census gathers what summaries do not keep: which networks there are to show.
type census struct {
	tallies map[string]*tally // by configuration
}

// tally is what the census knows of one configuration.
type tally struct {
	first      []int64 // finite networks with the lowest indices, in the order of the rows
	overflowed []int64 // the same of those that are not
	overflows  int64
	roughness  analysis.ColumnMean
	sampleX    []float64                  // roughness of some networks
	sampleY    []float64                  // and their boundary length, which is crossings with one input
	ranks      map[string]*analysis.Ranks // by column, see exhibited
}

const (
	mostFirst      = 12 // networks that a gallery may show
	mostOverflowed = 20 // that are listed by number
	mostSampled    = 400
)

// exhibited are the columns whose extremes are shown, by the number of inputs.
var exhibited = map[int][]exhibit{
	1: {{"crossings", func(r *schema.Row) float64 { return float64(r.Crossings) }},
		{"turning_points", func(r *schema.Row) float64 { return float64(r.TurningPoints) }}},
	2: {{"regions", func(r *schema.Row) float64 { return float64(r.Regions) }},
		{"islands", func(r *schema.Row) float64 { return float64(r.Islands) }}},
}

type exhibit struct {
	column string
	of     func(*schema.Row) float64
}

func newCensus(configurations []schema.Configuration) *census {
	s := &census{map[string]*tally{}}
	for i := range configurations {
		c := &configurations[i]
		t := &tally{roughness: *analysis.NewColumnMean("roughness"), ranks: map[string]*analysis.Ranks{}}
		for _, e := range exhibited[c.Inputs] {
			t.ranks[e.column] = new(analysis.Ranks)
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
				t.add(&batch[i])
			}
		}
	}
	return nil
}

func (t *tally) add(r *schema.Row) {
	if r.Status != schema.StatusOK {
		t.overflows++
		if len(t.overflowed) < mostOverflowed {
			t.overflowed = append(t.overflowed, r.Network)
		}
		t.roughness.Add([]float64{math.NaN()})
		return
	}
	if len(t.first) < mostFirst {
		t.first = append(t.first, r.Network)
	}
	t.roughness.Add([]float64{r.Roughness})
	if len(t.sampleX) < mostSampled {
		t.sampleX, t.sampleY = append(t.sampleX, r.Roughness), append(t.sampleY, r.BoundaryLength)
	}
	for _, e := range exhibited[int(r.Inputs)] {
		t.ranks[e.column].Add(r.Network, e.of(r))
	}
}
