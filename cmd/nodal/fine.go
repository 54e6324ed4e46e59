package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"nodal/analysis"
	"nodal/dataset"
	"nodal/report/number"
	"nodal/sampler"
	"nodal/schema"
)

const (
	// defaultFine is how many networks of a configuration are measured again at most,
	// on the grid of half the steps. Where 42 % of the crossings are missed on 101
	// points, in five layers of 128 or 512 units, it gives the mean to 2 %.
	defaultFine = 2048
	// fineWork and allFineWork are the nominal nanoseconds for one configuration and
	// for all together, about; leastFineWork those that even one of very many gets.
	fineWork      = 24e9
	allFineWork   = 64e9
	leastFineWork = 2e9
)

// coarseGroups returns the places of the groups whose grids are too coarse.
func coarseGroups(t *analysis.Table) []int {
	var coarse []int
	for i := range t.Groups {
		if t.Groups[i].UnresolvedShare() > analysis.TooCoarse {
			coarse = append(coarse, i)
		}
	}
	return coarse
}

// warnCoarse returns the warning about grids that are too coarse, "" if there are
// none.
func warnCoarse(t *analysis.Table, grouped bool) string {
	coarse := coarseGroups(t)
	if len(coarse) == 0 {
		return ""
	}
	worst := slices.MaxFunc(coarse, func(a, b int) int {
		return cmp.Compare(t.Groups[a].UnresolvedShare(), t.Groups[b].UnresolvedShare())
	})
	one, many := "configuration has", "configurations have"
	if grouped {
		one, many = "group has", "groups have"
	}
	columns, where := labels(t), ""
	if !grouped {
		columns = telling(columns, len(t.Groups))
	}
	for _, c := range columns {
		if grouped {
			where += c.name + " "
		}
		where += c.values[worst] + " "
	}
	its := "their grids are too coarse, the counts off, mostly too low"
	if len(coarse) == 1 {
		its = "its grid is too coarse, the counts off, mostly too low"
	}
	g := &t.Groups[worst]
	return fmt.Sprintf("%s more than %.2g %% unresolved networks: %s; worst: %swith %s",
		counted(int64(len(coarse)), one, many), 100*analysis.TooCoarse, its, where, number.Share(g.Unresolved, g.Finite()))
}

// stillCoarse is the share of unresolved networks on the finest grid above which what
// it shows is no estimate.
const stillCoarse = .1

// estimateFine draws networks again of configurations whose grids are too coarse and
// estimates what finer grids would show. Where this version of nodal cannot draw them,
// the warning says so.
func estimateFine(cmd *cobra.Command, plan *dataset.Plan, t *analysis.Table, networks, workers int) error {
	coarse := coarseGroups(t)
	if networks == 0 || len(coarse) == 0 {
		return nil
	}
	if _, err := sampler.Redraws(plan); errors.Is(err, errors.ErrUnsupported) {
		fmt.Fprintf(cmd.ErrOrStderr(), "no estimate for finer grids: %v\n", err)
		return nil
	}
	id := columnOf(t, "config_id")
	byID := make(map[string]*schema.Configuration, len(plan.Configurations))
	for i := range plan.Configurations {
		byID[plan.Configurations[i].ID()] = &plan.Configurations[i]
	}
	work := min(max(allFineWork/float64(len(coarse)), leastFineWork), fineWork)
	for _, at := range coarse {
		g := &t.Groups[at]
		c := byID[g.Key[id].(string)]
		ladder := sampler.NewLadder(*c, int64(networks), g.Networks, work)
		if !ladder.Doubles() {
			most := dataset.DefaultRefineLimit.Line
			if c.Inputs > 1 {
				most = dataset.DefaultRefineLimit.Plane
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "no estimate for finer grids of %s: an axis would have more than %s points\n", named(c), number.Count(int64(most)))
			continue
		}
		climbed, err := ladder.Climb(context.Background(), plan, c, workersFor(*c, dataset.DefaultRefineLimit, workers))
		if err != nil {
			return fmt.Errorf("estimating what finer grids show: %w", err)
		}
		if climbed.Unresolved > stillCoarse {
			fmt.Fprintf(cmd.ErrOrStderr(), "no estimate for finer grids of %s: %.0f %% of its networks are unresolved even with %s points on an axis\n",
				named(c), 100*climbed.Unresolved, number.Count(int64(climbed.Points)))
			continue
		}
		g.Fine = &analysis.Fine{Networks: int64(len(climbed.Counts)), Points: climbed.Points, Unresolved: climbed.Unresolved,
			Plane: c.Inputs > 1, Counts: g.EstimateFine(climbed.Counts)}
	}
	return nil
}

// workersFor returns how many workers may refine networks of a configuration at a
// time: at least one, and no more than there is memory for.
func workersFor(c schema.Configuration, limit dataset.RefineLimit, workers int) int {
	available := availableMemory()
	if available == 0 {
		return workers
	}
	fits := available / 2 / sampler.RefinerMemory(c, limit)
	return int(max(min(int64(workers), fits), 1))
}

// fineColumn is a column about finer grids as csv, json and parquet have it.
type fineColumn struct {
	name string
	of   func(*analysis.Summary) *float64 // nil for null
}

// fineColumns returns the columns of an estimate for fine grids and of refined
// networks: how many networks were measured again, the points on the first axis of the
// finest grid, the share of these networks that it does not resolve, and mean and
// standard error of the counts. All are null for a group that has none of it, and
// crossings for the plane.
func fineColumns() []fineColumn {
	columns := measuredAgain("fine", func(g *analysis.Summary) *analysis.Fine { return g.Fine })
	return append(columns, measuredAgain("refined", func(g *analysis.Summary) *analysis.Fine { return g.Refined })...)
}

// measuredAgain returns the columns of one of them.
func measuredAgain(what string, part func(*analysis.Summary) *analysis.Fine) []fineColumn {
	number := func(value func(*analysis.Fine) float64) func(*analysis.Summary) *float64 {
		return func(g *analysis.Summary) *float64 {
			f := part(g)
			if f == nil {
				return nil
			}
			v := value(f)
			return &v
		}
	}
	columns := []fineColumn{
		{what + "_networks", number(func(f *analysis.Fine) float64 { return float64(f.Networks) })},
		{what + "_resolution", number(func(f *analysis.Fine) float64 { return float64(f.Points) })},
		{what + "_unresolved", number(func(f *analysis.Fine) float64 { return f.Unresolved })},
	}
	for i, name := range analysis.FineNames() {
		limited := func(of func(*analysis.Summary) *float64) func(*analysis.Summary) *float64 {
			return func(g *analysis.Summary) *float64 {
				if f := part(g); name == "crossings" && f != nil && f.Plane {
					return nil
				}
				return of(g)
			}
		}
		columns = append(columns,
			fineColumn{name + "_" + what + "_mean", limited(number(func(f *analysis.Fine) float64 { return f.Counts[i].Mean }))},
			fineColumn{name + "_" + what + "_standard_error", limited(number(func(f *analysis.Fine) float64 { return f.Counts[i].StandardError }))})
	}
	return columns
}

// fineTables returns tables of what finer grids show: estimates for the groups whose
// grids are too coarse, if they are wanted, and the groups with refined networks.
func fineTables(t *analysis.Table, columns []label, estimates bool) string {
	text := ""
	if estimates {
		text = fineTable(t, columns, coarseGroups(t), func(g *analysis.Summary) *analysis.Fine { return g.Fine },
			"estimated means on fine grids, from networks drawn again, fewer on finer grids up to that resolution")
	}
	var refined []int
	for i := range t.Groups {
		if t.Groups[i].Refined != nil {
			refined = append(refined, i)
		}
	}
	return text + fineTable(t, columns, refined, func(g *analysis.Summary) *analysis.Fine { return g.Refined },
		"refined: means with the unresolved networks' counts replaced by those on finer grids, up to that resolution;\nnetworks that pass for resolved keep theirs")
}

// fineTable returns one of the tables, "" if it has no groups.
func fineTable(t *analysis.Table, columns []label, groups []int, part func(*analysis.Summary) *analysis.Fine, title string) string {
	if len(groups) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s:\n", title)
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	line := ""
	for _, c := range columns {
		line += c.padded(c.name) + "\t"
	}
	for _, name := range append([]string{"drawn again", "resolution", "of these unresolved"}, analysis.FineNames()...) {
		line += strings.ReplaceAll(name, "_", " ") + "\t"
	}
	fmt.Fprintln(w, line)
	for _, at := range groups {
		line = ""
		for _, c := range columns {
			line += c.padded(c.values[at]) + "\t"
		}
		fmt.Fprintln(w, line+fineCells(part(&t.Groups[at])))
	}
	w.Flush()
	return b.String()
}

// fineCells returns the cells of a group, dashes if nothing is known.
func fineCells(f *analysis.Fine) string {
	if f == nil {
		return strings.Repeat("-\t", 3+len(analysis.FineNames()))
	}
	line := fmt.Sprintf("%s\t%s\t%s\t", number.Count(f.Networks), number.Count(int64(f.Points)), number.Percent(f.Unresolved))
	for k, name := range analysis.FineNames() {
		if f.Plane && name == "crossings" {
			line += "-\t"
			continue
		}
		line += number.PlusMinus(f.Counts[k].Mean, f.Counts[k].StandardError) + "\t"
	}
	return line
}
