package analysis

import (
	"fmt"
	"iter"
	"slices"

	"nodal/schema"
)

// Table is a summary of rows, one group of them after the other.
type Table struct {
	Columns    []Column  // what the groups have in common
	Statistics []string  // their names: StatisticNames, and of the optional columns those that any row has
	Groups     []Summary // by key if columns were asked for, else in order of first appearance
}

// Summary describes the networks of one group. Networks counts all of them,
// Nonfinite those whose status is not ok, and Unresolved those of the others
// that the grid does not resolve. The statistics leave out the nonfinite ones.
type Summary struct {
	Key        []any // value of each column, in the columns' types
	Networks   int64
	Nonfinite  int64
	Unresolved int64
	Statistics []Statistic // in the order of Table.Statistics
	Boundary   Estimate    // of boundary_length
	Fine       *Fine       // estimated, or nil
	Refined    *Fine       // with the counts of refined networks in place of their own, or nil
}

// Finite returns the number of networks that the statistics describe. Where it
// is 0 they mean nothing.
func (s Summary) Finite() int64 { return s.Networks - s.Nonfinite }

// Statistic describes how one number is distributed over the networks of a
// group. The standard error is the sample standard deviation (n-1 in the
// denominator) over √n, 0 for a single network. The quantiles interpolate
// linearly between order statistics, as NumPy and pandas do; they are exact for
// counts and have a relative error of at most 2⁻¹⁷ for the others.
//
// Where no network has a value the numbers mean nothing: they are 0, but there was
// nothing to average. Optional columns are NULL for some; all finite networks
// ([Summary.Finite]) have the rest.
type Statistic struct {
	Name          string
	Networks      int64 // that have a value
	Mean          float64
	StandardError float64
	Q05, Q50, Q95 float64

	values histogram // rounded unless they are counts
	count  bool
}

// statistic is one of a summary. Counts are kept as a histogram, from which everything
// follows exactly; those that are not counts take so many values that they are rounded
// for their quantiles, to keep the memory bounded.
type statistic struct {
	name  string
	count bool
	value func(*schema.Row) (x float64, ok bool)
}

// required are the statistics of columns that every row has.
var required = []statistic{
	{"crossings", true, func(r *schema.Row) (float64, bool) { return float64(r.Crossings), true }},
	{"regions", true, func(r *schema.Row) (float64, bool) { return float64(r.Regions), true }},
	{"islands", true, func(r *schema.Row) (float64, bool) { return float64(r.Islands), true }},
	{"turning_points", true, func(r *schema.Row) (float64, bool) { return float64(r.TurningPoints), true }},
	{"range", false, func(r *schema.Row) (float64, bool) { return r.ValueMax - r.ValueMin, true }},
}

// summarized are all statistics, those of the optional columns last.
var summarized = func() []statistic {
	all := slices.Clone(required)
	for _, c := range schema.OptionalColumns() {
		all = append(all, statistic{string(c), c != schema.ColumnCrossingsExpected,
			func(r *schema.Row) (float64, bool) { return r.Extra.Value(c) }})
	}
	return all
}()

// StatisticNames returns the names of the statistics that every summary has, in
// order; range is value_max - value_min.
func StatisticNames() []string {
	names := make([]string, len(required))
	for i, s := range required {
		names[i] = s.name
	}
	return names
}

// Summarize groups rows by the named columns and describes each group. Without
// names it groups by configuration: by config_id, with the columns that say in
// words what it is. An unknown name, or an error among the rows, ends it.
// Groups by named columns come in the order of their values, the first column
// first, numbers numerically and strings bytewise; those by configuration come
// in order of first appearance, which in a dataset is the order of the plan.
//
// Rows may come in any order, and in batches whose memory is reused; runs of
// one group are quicker. Memory grows with the number of groups and of different
// values in each, which the grid (counts on it), the number of hidden units in
// practice (exact counts) or rounding (the others) bounds, but not with the number of
// rows. The mean of a count is the float64 nearest to the
// true one, whatever the order of the rows. Those of the others are right to a few
// units of 2⁻⁵³ up to 2²⁵ networks.
func Summarize(rows iter.Seq2[[]schema.Row, error], by []string) (*Table, error) {
	names, sorted := by, true
	if len(by) == 0 {
		names, by, sorted = configurationColumns(), []string{"config_id"}, false
	}
	columns, err := columnsNamed(names)
	if err != nil {
		return nil, fmt.Errorf("group by: %w", err)
	}
	keys, err := columnsNamed(by)
	if err != nil {
		return nil, fmt.Errorf("group by: %w", err)
	}
	g := grouping{columns: columns, keys: keys, byKey: map[string]*group{}}
	for batch, err := range rows {
		if err != nil {
			return nil, err
		}
		for i := range batch {
			g.of(&batch[i]).add(&batch[i])
		}
	}
	table := &Table{Columns: columns, Groups: make([]Summary, len(g.groups))}
	shown := g.shown()
	for _, i := range shown {
		table.Statistics = append(table.Statistics, summarized[i].name)
	}
	for i, group := range g.groups {
		table.Groups[i] = group.summary(shown)
	}
	if sorted {
		slices.SortFunc(table.Groups, func(a, b Summary) int { return compareKeys(columns, a.Key, b.Key) })
	}
	return table, nil
}

// grouping finds the group of each row.
type grouping struct {
	columns []Column // reported
	keys    []Column // that decide the group
	groups  []*group // in order of first appearance
	byKey   map[string]*group

	current *group     // of the row before
	last    schema.Row // first row of the current run of it; its lists and optional columns are nil
	text    []byte
}

// shown returns which statistics there are: those of optional columns only if some
// network has a value.
func (g *grouping) shown() []int {
	var shown []int
	for i := range summarized {
		if i < len(required) || slices.ContainsFunc(g.groups, func(g *group) bool { return len(g.spread[i].values) > 0 }) {
			shown = append(shown, i)
		}
	}
	return shown
}

// of returns the group of a row, a new one if need be.
func (g *grouping) of(r *schema.Row) *group {
	if g.current != nil && g.sameAsLast(r) {
		return g.current
	}
	g.text = g.text[:0]
	for _, c := range g.keys {
		g.text = fmt.Appendf(g.text, "%q,", fmt.Sprint(c.value(r)))
	}
	found, ok := g.byKey[string(g.text)]
	if !ok {
		found = newGroup(r, g.columns)
		g.byKey[string(g.text)] = found
		g.groups = append(g.groups, found)
	}
	g.current, g.last = found, *r
	g.last.ClassFraction, g.last.ClassRegions, g.last.ClassIslands, g.last.Extra = nil, nil, nil, nil
	return found
}

func (g *grouping) sameAsLast(r *schema.Row) bool {
	for i := range g.keys {
		if !g.keys[i].equal(r, &g.last) {
			return false
		}
	}
	return true
}

// group adds up the rows of one group.
type group struct {
	result Summary
	spread []spread // one for each statistic

	boundary running
}

func newGroup(r *schema.Row, columns []Column) *group {
	g := &group{spread: make([]spread, len(summarized))}
	for _, c := range columns {
		g.result.Key = append(g.result.Key, c.value(r))
	}
	for i := range g.spread {
		g.spread[i].values = histogram{}
	}
	return g
}

func (g *group) add(r *schema.Row) {
	g.result.Networks++
	if r.Status != schema.StatusOK {
		g.result.Nonfinite++
		return
	}
	if !r.Resolved {
		g.result.Unresolved++
	}
	for i := range summarized {
		if i == len(required) && r.Extra == nil {
			break
		}
		if x, ok := summarized[i].value(r); ok {
			g.spread[i].add(x, summarized[i].count)
		}
	}
	g.boundary.add(r.BoundaryLength)
}

func (g *group) summary(shown []int) Summary {
	for _, i := range shown {
		g.result.Statistics = append(g.result.Statistics, g.spread[i].statistic(summarized[i].name, summarized[i].count))
	}
	g.result.Boundary.Mean, g.result.Boundary.StandardError = g.boundary.moments()
	return g.result
}

// spread gathers the distribution of one statistic.
type spread struct {
	values  histogram // rounded unless they are counts
	running running   // unless they are counts
}

func (s *spread) add(x float64, count bool) {
	if count {
		s.values[x]++
		return
	}
	s.values[coarse(x)]++
	s.running.add(x)
}

func (s *spread) statistic(name string, count bool) Statistic {
	result := Statistic{Name: name, Networks: s.values.total(), values: s.values, count: count}
	if count {
		result.Mean, result.StandardError = s.values.moments()
	} else {
		result.Mean, result.StandardError = s.running.moments()
	}
	q := s.values.quantiles(.05, .50, .95)
	result.Q05, result.Q50, result.Q95 = q[0], q[1], q[2]
	return result
}
