package compare

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"nodal/schema"
)

// Limits of [Options].
const (
	DefaultResamples = 4000
	FewestResamples  = 200 // five beyond each end of an interval
	MostResamples    = 1_000_000
	DefaultSeed      = 1
)

// Options says what to compare and how to resample.
type Options struct {
	Measures  []string // names; none: all that say something, by the number of inputs
	Brief     bool     // without names and with two inputs: fewer
	Kinds     []string // names; none: all
	Resamples int
	Seed      int64 // of the resamples, not of the sweep
}

// Check returns an error for a name that is no measure or no kind, with the nearest
// one, for one given twice, and for a number of resamples out of bounds.
func (o Options) Check() error {
	if o.Resamples < FewestResamples || o.Resamples > MostResamples {
		return fmt.Errorf("resamples: got %d, want a whole number from %d to %d", o.Resamples, FewestResamples, MostResamples)
	}
	if err := checkNames(o.Measures, MeasureNames()); err != nil {
		return fmt.Errorf("measure: %w", err)
	}
	if err := checkNames(o.Kinds, KindNames()); err != nil {
		return fmt.Errorf("kind: %w", err)
	}
	return nil
}

func checkNames(names, valid []string) error {
	for i, name := range names {
		if !slices.Contains(valid, name) {
			return fmt.Errorf("got %q, want one of %s%s", name, strings.Join(valid, ", "), schema.DidYouMean(name, valid))
		}
		if slices.Contains(names[:i], name) {
			return fmt.Errorf("got %q twice, want each name once", name)
		}
	}
	return nil
}

// Table has all comparisons of a dataset, by kind and in the order of the plan.
type Table struct {
	Groups    []Group
	Resamples int
	Seed      int64
}

// Group is a baseline and what is compared with it.
type Group struct {
	Kind     Kind
	Measures []Measure
	Sides    []Side // the baseline first

	told string // of its setting in every sentence
}

// Side is one configuration of a group.
type Side struct {
	Configuration schema.Configuration
	ConfigID      string

	// Networks counts the rows, Nonfinite those that overflowed and are left out,
	// Unresolved those of the others that the grid does not resolve.
	Networks, Nonfinite, Unresolved int64
	Blocks                          int // that are resampled

	Means       []Estimate   // of each measure of the group
	Comparisons []Comparison // of each measure, with the baseline; nil for the baseline
}

// Finite returns how many networks count.
func (s *Side) Finite() int64 { return s.Networks - s.Nonfinite }

// Comparison sets the mean of one measure of a side against the baseline's.
type Comparison struct {
	Difference Estimate // side minus baseline
	Ratio      Estimate // side over baseline
	Verdict    Verdict
	Sentence   string
}

// Rows compares the configurations of a dataset, which come in the order of its
// plan, by its rows. Rows may come in any order and in batches whose memory is
// reused. A row that is not in the plan, or an error among the rows, ends it.
// Memory grows with the configurations that are compared, not with the rows.
func Rows(rows iter.Seq2[[]schema.Row, error], configurations []schema.Configuration, o Options) (*Table, error) {
	g, err := Gather(rows, configurations, o)
	if err != nil {
		return nil, err
	}
	return g.Compare(), nil
}

// Gathered is the rows of a dataset added up, to be compared without them.
type Gathered struct {
	table   *Table
	tallies map[string]*tally
	options Options
}

// Gather is the part of [Rows] that reads, with its errors.
func Gather(rows iter.Seq2[[]schema.Row, error], configurations []schema.Configuration, o Options) (*Gathered, error) {
	if err := o.Check(); err != nil {
		return nil, err
	}
	table := newTable(configurations, o)
	tallies, err := tallied(rows, configurations, table)
	if err != nil {
		return nil, err
	}
	return &Gathered{table, tallies, o}, nil
}

// Compare is the rest of [Rows], some milliseconds for each comparison. It is to be
// called once.
func (g *Gathered) Compare() *Table {
	s := &resampler{resamples: g.options.Resamples, seed: g.options.Seed}
	for i := range g.table.Groups {
		g.table.Groups[i].estimate(s, g.tallies, g.options)
	}
	return g.table
}

// newTable returns the groups of a dataset without their numbers.
func newTable(configurations []schema.Configuration, o Options) *Table {
	table := &Table{Resamples: o.Resamples, Seed: o.Seed}
	for _, kind := range Kinds() {
		if len(o.Kinds) > 0 && !slices.Contains(o.Kinds, string(kind)) {
			continue
		}
		var groups []Group
		for _, places := range grouped(kind, configurations) {
			g := Group{Kind: kind}
			for _, i := range places {
				g.Sides = append(g.Sides, Side{Configuration: configurations[i], ConfigID: configurations[i].ID()})
			}
			groups = append(groups, g)
		}
		table.Groups = append(table.Groups, bySetting(groups)...)
	}
	telling(table.Groups)
	return table
}

// bySetting puts groups of one setting next to each other, else in order.
func bySetting(groups []Group) []Group {
	at := map[string]int{}
	for i := range groups {
		if s := groups[i].Setting(); at[s] == 0 {
			at[s] = 1 + i
		}
	}
	slices.SortStableFunc(groups, func(a, b Group) int { return cmp.Compare(at[a.Setting()], at[b.Setting()]) })
	return groups
}

// tallied adds up the rows of every configuration that is in a group.
func tallied(rows iter.Seq2[[]schema.Row, error], configurations []schema.Configuration, table *Table) (map[string]*tally, error) {
	tallies := map[string]*tally{} // nil for those in no group
	for i := range configurations {
		tallies[configurations[i].ID()] = nil
	}
	for i := range table.Groups {
		for _, s := range table.Groups[i].Sides {
			if tallies[s.ConfigID] == nil {
				tallies[s.ConfigID] = newTally(s.Configuration.Networks)
			}
		}
	}
	var current *tally
	id := ""
	for batch, err := range rows {
		if err != nil {
			return nil, err
		}
		for i := range batch {
			r := &batch[i]
			if r.ConfigID != id {
				known := false
				if current, known = tallies[r.ConfigID]; !known {
					return nil, fmt.Errorf("a row is of configuration %q, which is not in the plan", r.ConfigID)
				}
				id = r.ConfigID
			}
			if current == nil {
				continue
			}
			if r.Network < 0 || r.Network >= current.planned {
				return nil, fmt.Errorf("a row is of network %d of configuration %q, which has %d in the plan", r.Network, id, current.planned)
			}
			current.add(r)
		}
	}
	return tallies, nil
}

// estimate fills in the numbers and the sentences of a group.
func (g *Group) estimate(s *resampler, tallies map[string]*tally, o Options) {
	places := measured(o, g.Sides[0].Configuration.Inputs)
	for _, place := range places {
		g.Measures = append(g.Measures, measures[place])
	}
	sides, common := make([]side, len(g.Sides)), g.common(tallies)
	for i := range g.Sides {
		member := &g.Sides[i]
		t := tallies[member.ConfigID]
		member.Networks, member.Nonfinite, member.Unresolved = t.networks, t.nonfinite, t.unresolved
		blocks := t.blocks()
		if g.Kind.Paired() && len(blocks) > 0 {
			blocks = common
		}
		member.Blocks = len(blocks)
		sides[i] = s.side(&member.Configuration, t, blocks, places)
		if i > 0 {
			for k := range places {
				difference, ratio := sides[i].against(sides[0], k)
				member.Comparisons = append(member.Comparisons, Comparison{
					Difference: difference, Ratio: ratio,
					Verdict: verdict(difference, ratio, sides[i].means[k], sides[0].means[k]),
				})
			}
		}
	}
	for i := range g.Sides { // only now: quantiles change the order of replicates
		for k := range places {
			g.Sides[i].Means = append(g.Sides[i].Means, interval(sides[i].means[k], sides[i].replicates[k]))
		}
	}
	for i := 1; i < len(g.Sides); i++ {
		for k := range places {
			g.Sides[i].Comparisons[k].Sentence = g.sentence(i, k)
		}
	}
}

// common returns the blocks that have finite networks on every side that has any.
func (g *Group) common(tallies map[string]*tally) []int {
	var common []int
	begun := false
	for i := range g.Sides {
		blocks := tallies[g.Sides[i].ConfigID].blocks()
		switch {
		case len(blocks) == 0:
		case !begun:
			common, begun = blocks, true
		default:
			common = slices.DeleteFunc(common, func(b int) bool {
				_, found := slices.BinarySearch(blocks, b)
				return !found
			})
		}
	}
	return common
}
