package report

import (
	"cmp"
	"context"
	"math"
	"slices"

	"nodal/analysis"
	"nodal/dataset"
	"nodal/report/page"
	"nodal/sampler"
	"nodal/schema"
)

// Bounds of what is drawn again to show how counts converge.
const (
	convergeNetworks  = 64  // of a configuration
	convergeDoublings = 3   // of its grid
	convergeMost      = 8   // configurations
	convergeWork      = 3e9 // nominal nanoseconds for all of them together
)

// converge follows the first networks of the configurations whose grids resolve the
// smallest shares of networks to finer grids.
func (c *collector) converge(ctx context.Context, d *page.Data) error {
	byID := c.byID()
	var worst []*page.Configuration
	for i := range d.Configurations {
		if line := &d.Configurations[i]; line.Unresolved > 0 {
			worst = append(worst, line)
		}
	}
	slices.SortStableFunc(worst, func(a, b *page.Configuration) int {
		return cmp.Compare(unresolvedShare(b), unresolvedShare(a))
	})
	worst = worst[:min(len(worst), convergeMost)]
	for _, line := range worst {
		curve, err := convergence(ctx, c.plan, byID[line.ID], c.options.Workers, convergeWork/float64(len(worst)))
		if err != nil {
			return err
		}
		if len(curve.Resolution) > 1 {
			d.Convergence = append(d.Convergence, curve)
		}
	}
	return nil
}

func unresolvedShare(line *page.Configuration) float64 {
	return float64(line.Unresolved) / float64(line.Networks-line.Nonfinite)
}

// convergence returns how the mean count of a configuration's first networks grows on
// finer grids: crossings with one input, regions with two. Networks that overflow on any
// of the grids are left out on all.
func convergence(ctx context.Context, plan *dataset.Plan, c *schema.Configuration, workers int, work float64) (page.Convergence, error) {
	networks := int(min(c.Networks, convergeNetworks))
	grids := ladder(c, networks, work)
	curve := page.Convergence{ID: c.ID(), Case: c.Case, Layers: c.LayersText(), Activation: string(c.Activation), Column: "crossings"}
	if c.Inputs == 2 {
		curve.Column = "regions"
	}
	counts := make([][]float64, len(grids))
	err := sampler.RedrawEach(ctx, plan, networks, workers,
		func(r *sampler.Redrawer, i int) []float64 { return countsOn(r, c, int64(i), grids) },
		func(_ int, on []float64) error {
			for k, n := range on {
				counts[k] = append(counts[k], n)
			}
			return nil
		})
	if err != nil {
		return curve, err
	}
	curve.Networks = len(counts[0]) // that are finite on all grids
	for k, grid := range grids {
		curve.Resolution = append(curve.Resolution, grid[0].Points)
		curve.Means = append(curve.Means, meanCount(counts[k]))
	}
	return curve, nil
}

// ladder returns the grid of a configuration and those of half the steps after it, as
// far as the work of so many networks allows.
func ladder(c *schema.Configuration, networks int, work float64) []schema.Grid {
	grids := []schema.Grid{c.Grid}
	for len(grids) <= convergeDoublings {
		finer, ok := grids[len(grids)-1].Doubled()
		if !ok || !dataset.DefaultRefineLimit.Allows(finer) {
			break
		}
		on := *c
		on.Grid = finer
		if work -= float64(networks) * dataset.Cost(on); work < 0 {
			break
		}
		grids = append(grids, finer)
	}
	return grids
}

// countsOn returns the counts of a network on every grid, nothing if it overflows on any.
func countsOn(r *sampler.Redrawer, c *schema.Configuration, network int64, grids []schema.Grid) []float64 {
	counts := make([]float64, len(grids))
	for k, grid := range grids {
		d := r.Draw(c, network, grid)
		if !d.Finite() {
			return nil
		}
		if counts[k] = float64(d.Row.Crossings); c.Inputs == 2 {
			counts[k] = float64(d.Row.Regions)
		}
	}
	return counts
}

// meanCount returns the mean of counts and its standard error.
func meanCount(counts []float64) page.Mean {
	if len(counts) == 0 {
		return page.Mean{}
	}
	mean := analysis.NewColumnMean("crossings")
	mean.Add(counts)
	value, standardError := mean.Moments()
	if math.IsInf(standardError, 1) {
		standardError = 0
	}
	return page.Mean{Value: value, Error: standardError, Known: true}
}
