package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"nodal/analysis"
	"nodal/dataset"
	"nodal/report/number"
	"nodal/sampler"
	"nodal/schema"
)

// refineFlags are the flags of the commands that refine networks.
type refineFlags struct {
	refine bool
	limit  int // points on an axis; 0 for the default
}

// add adds the flags to those of a command.
func (f *refineFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&f.refine, "refine", false, "measure unresolved networks again on finer grids, into DIR/refined")
	flags.IntVar(&f.limit, "refine-limit", 0, fmt.Sprintf("most points on an axis of a finer grid (default %d for one input, %d for two)",
		dataset.DefaultRefineLimit.Line, dataset.DefaultRefineLimit.Plane))
}

// mostRefined is the most points that an axis of a sweep may have.
const mostRefined = 1 << 24

func (f *refineFlags) check() error {
	if f.limit != 0 && (f.limit < 3 || f.limit > mostRefined+1) {
		return usageError{fmt.Errorf("--refine-limit: got %d, want a whole number from 3 to %d", f.limit, mostRefined+1)}
	}
	if f.limit != 0 && !f.refine {
		return usageError{errors.New("--refine-limit: it goes with --refine")}
	}
	return nil
}

// bounds returns the limit that the flags ask for.
func (f *refineFlags) bounds() dataset.RefineLimit {
	if f.limit == 0 {
		return dataset.DefaultRefineLimit
	}
	return dataset.RefineLimit{Line: f.limit, Plane: f.limit}
}

// refine measures the unresolved networks of the parts in dir again, those of a
// shard, until a signal. A part is written when it is done.
func refine(cmd *cobra.Command, dir string, f refineFlags, o dataset.Options, workers int, stop <-chan struct{}) (err error) {
	reader, err := dataset.Open(dir, o)
	if err != nil {
		return err
	}
	if err := checkRefineMemory(reader.Plan(), f.bounds()); err != nil {
		return err
	}
	into, err := dataset.OpenRefined(dir, f.bounds(), o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, into.Close()) }()
	refined, resolved, present := 0, 0, 0
	err = sampler.RefineParts(context.Background(), reader, into, sampler.RefineOptions{
		Limit:   f.bounds(),
		Stop:    stop,
		Workers: func(c schema.Configuration) int { return workersFor(c, f.bounds(), workers) },
		Report: func(p sampler.PartRefined) {
			if p.Present {
				present++
				return
			}
			refined, resolved = refined+p.Networks, resolved+p.Resolved
			fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s refined, %s resolved\n", p.Part.Name(),
				counted(int64(p.Networks), "network", "networks"), number.Count(int64(p.Resolved)))
		},
	})
	if errors.Is(err, sampler.ErrStopped) {
		return fmt.Errorf("%s: %w while networks were refined; run the same command again to continue", dir, errInterrupted)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	fmt.Fprintln(cmd.ErrOrStderr(), dir+": "+refinedText(refined, resolved, present))
	return nil
}

// refinedText says what was refined.
func refinedText(refined, resolved, present int) string {
	switch {
	case refined == 0 && present == 0:
		return "every network is resolved by its grid, nothing to refine"
	case refined == 0:
		return fmt.Sprintf("the unresolved networks of %s are refined already", counted(int64(present), "part", "parts"))
	case resolved == refined:
		return fmt.Sprintf("%s refined, all are resolved now", counted(int64(refined), "network", "networks"))
	}
	return fmt.Sprintf("%s refined, %s are resolved now; the others would take a finer grid than --refine-limit allows, or have no finest scale",
		counted(int64(refined), "network", "networks"), number.Count(int64(resolved)))
}

// checkRefineMemory refuses grids that a single worker has no memory for.
func checkRefineMemory(plan *dataset.Plan, limit dataset.RefineLimit) error {
	available := availableMemory()
	for i := range plan.Configurations {
		if need := sampler.RefinerMemory(plan.Configurations[i], limit); available > 0 && need > available {
			return resourceError{fmt.Errorf("--refine: grids up to %s need %s of memory and this machine has %s: set a lower --refine-limit",
				limit, formatBytes(need), formatBytes(available))}
		}
	}
	return nil
}

// replaceRefined sets the refined means of the groups of a summary by configuration,
// of those whose unresolved networks were all refined.
func replaceRefined(w io.Writer, reader *dataset.Reader, t *analysis.Table) error {
	replacements := make(map[string]*analysis.Replacement)
	for part := range reader.Plan().Parts() {
		rows, _, err := reader.Refined(part)
		if err != nil {
			return err
		}
		for i := range rows {
			p := replacements[rows[i].ConfigID]
			if p == nil {
				p = new(analysis.Replacement)
				replacements[rows[i].ConfigID] = p
			}
			p.Add(&rows[i])
		}
	}
	id, inputs, left := columnOf(t, "config_id"), columnOf(t, "inputs"), 0
	for i := range t.Groups {
		g := &t.Groups[i]
		if p := replacements[g.Key[id].(string)]; p != nil {
			g.Replace(p, g.Key[inputs].(int32) > 1)
		}
		if g.Unresolved > 0 && g.Refined == nil {
			left++
		}
	}
	if len(replacements) > 0 && left > 0 {
		fmt.Fprintf(w, "%s unresolved networks that were not refined; --refine goes on\n",
			counted(int64(left), "configuration has", "configurations have"))
	}
	return nil
}

// columnOf returns the place of a column that a table has.
func columnOf(t *analysis.Table, name string) int {
	return slices.IndexFunc(t.Columns, func(c analysis.Column) bool { return c.Name == name })
}
