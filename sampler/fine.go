package sampler

import (
	"context"
	"math"

	"nodal/analysis"
	"nodal/dataset"
	"nodal/schema"
)

// Ladder says how many networks of a configuration to measure again on finer and
// finer grids: a first number on the grid of half the steps, and with every further
// doubling as many fewer as the grid has more points, so that each level takes the
// same work.
type Ladder struct {
	counts []int64 // of networks by doublings of the grid, from 0 on; never more than before
}

// LeastFine is how many networks at least are measured on the finest grid of a
// ladder, if there are so many.
const LeastFine = 16

// NewLadder returns the ladder for configuration c that begins with most networks,
// or with half as many, and so on, until it takes no more than work nominal
// nanoseconds, or as few as there can be. No level has more than all networks. It
// depends on nothing else. It panics unless most is at least [LeastFine].
func NewLadder(c schema.Configuration, most, all int64, work float64) Ladder {
	if most < LeastFine {
		panic("sampler: NewLadder: too few networks")
	}
	l := newLadder(c, most, all)
	for ; most >= 2*LeastFine && l.cost(c) > work; most /= 2 {
		l = newLadder(c, most/2, all)
	}
	return l
}

func newLadder(c schema.Configuration, most, all int64) Ladder {
	l := Ladder{counts: []int64{min(most, all)}}
	grid, ok := c.Grid.Doubled()
	for n := most; ok && dataset.DefaultRefineLimit.Allows(grid) && n >= LeastFine; n >>= len(c.Grid) {
		l.counts = append(l.counts, min(n, all))
		grid, ok = grid.Doubled()
	}
	return l
}

// Doubles reports whether any network is measured on a finer grid: the limit on grids
// may allow none.
func (l Ladder) Doubles() bool { return len(l.counts) > 1 }

// Networks returns how many networks are measured again.
func (l Ladder) Networks() int64 { return l.counts[0] }

// top returns how often the grid is doubled for a network.
func (l Ladder) top(network int64) int {
	top := 0
	for top+1 < len(l.counts) && network < l.counts[top+1] {
		top++
	}
	return top
}

// cost returns the nominal nanoseconds that a ladder takes, about: that of every
// network on its last grid, and a third for the ones before.
func (l Ladder) cost(c schema.Configuration) float64 {
	var cost float64
	c.Columns = nil // which are not measured
	for doublings, n := range l.counts {
		if doublings+1 < len(l.counts) {
			n -= l.counts[doublings+1]
		}
		cost += 4. / 3 * float64(n) * dataset.Cost(c)
		if grid, ok := c.Grid.Doubled(); ok {
			c.Grid = grid
		}
	}
	return cost
}

// Climbed is what a ladder has shown.
type Climbed struct {
	Counts     [][]analysis.Counts // by network and level; networks that are not finite are left out
	Points     int                 // on the first axis of the finest grid
	Unresolved float64             // share of the networks on the finest grid that it does not resolve
}

// Climb measures the first networks of configuration c of a plan again on the grids
// of the ladder. They are a random sample, for networks are independent and alike.
// The result does not depend on the number of workers. Errors are those of [Refine].
func (l Ladder) Climb(ctx context.Context, plan *dataset.Plan, c *schema.Configuration, workers int) (*Climbed, error) {
	climbed := &Climbed{Points: (c.Grid[0].Points-1)<<(len(l.counts)-1) + 1}
	finest, unresolved := 0, 0
	err := inOrder(ctx, plan, int(l.Networks()), workers,
		func(r *refiner, i int) rungs { return r.climb(Network{c, int64(i)}, l.top(int64(i))) },
		func(i int, r rungs) error {
			if len(r.counts) == 0 {
				return nil
			}
			climbed.Counts = append(climbed.Counts, r.counts)
			if len(r.counts) == len(l.counts) {
				finest++
				if !r.resolved {
					unresolved++
				}
			}
			return nil
		})
	climbed.Unresolved = float64(unresolved) / math.Max(float64(finest), 1)
	return climbed, err
}

// rungs are the counts of a network by level.
type rungs struct {
	counts   []analysis.Counts
	resolved bool // by the last grid
}

// climb measures a network on its own grid and those that a number of doublings
// leads to, as far as its values are finite; no counts if they never are. Along a
// line every second grid is seen as every second point of the next.
func (r *refiner) climb(n Network, doublings int) rungs {
	r.prepare(n)
	var rows []schema.Row
	for level := 0; level <= doublings; level++ {
		rows = append(rows, schema.Row{})
		if grid := r.grid(level); len(grid.configuration.Grid) > 1 || (doublings-level)%2 == 0 {
			rows[level] = grid.measure(&r.drawn, n.Index)
		}
	}
	var c rungs
	for level := range rows {
		row, counts := &rows[level], analysis.CountsOf
		if row.Status == "" {
			row, counts = &rows[level+1], analysis.HalfCountsOf
		}
		if row.Status != schema.StatusOK {
			break
		}
		c.counts = append(c.counts, counts(row))
	}
	c.resolved = rows[doublings].Resolved
	return c
}
