package sampler

import (
	"fmt"

	"nodal/dataset"
	"nodal/schema"
)

// Network is one network of a plan.
type Network struct {
	Configuration *schema.Configuration
	Index         int64
}

// Refinement is a network on its own grid and on the last of those that doubling
// its steps has led to.
type Refinement struct {
	Network
	Coarse, Fine schema.Row // the same row if nothing was doubled
	Doublings    int
	Settled      bool // the last grids resolve it, as many in a row as were asked for
}

// Row returns the refinement as a row of its own.
func (r *Refinement) Row() schema.Refined {
	c, f := &r.Coarse, &r.Fine
	return schema.Refined{
		ConfigID: c.ConfigID, Network: c.Network,
		Doublings: int32(r.Doublings), Resolution: f.Resolution, GridPoints: f.GridPoints, Resolved: r.Settled,
		Crossings: c.Crossings, CrossingsRefined: f.Crossings,
		Regions: c.Regions, RegionsRefined: f.Regions,
		Islands: c.Islands, IslandsRefined: f.Islands,
		BorderChanges: c.BorderChanges, BorderChangesRefined: f.BorderChanges,
		BoundaryLength: c.BoundaryLength, BoundaryLengthRefined: f.BoundaryLength,
	}
}

// Refining says how far to follow networks to finer grids.
type Refining struct {
	Limit      dataset.RefineLimit // points on an axis
	Agreements int                 // grids in a row that shall resolve a network, its own counted
}

// refiner refines networks, of one configuration at a time. It belongs to one
// goroutine.
type refiner struct {
	Refining
	plan          *dataset.Plan
	engine        Engine
	configuration *schema.Configuration // the one that grids are for
	grids         []*refinerGrid        // by doublings, as far as they were needed; nil where there is none
	drawn         Ensemble              // the network at work, the same on every grid
	network       int64                 // its index
}

// work says what the refiner is at, for the report of a panic.
func (r *refiner) work() string {
	if r.configuration == nil {
		return "no configuration"
	}
	return fmt.Sprintf("refining network %d of %s", r.network, r.configuration.Canonical())
}

// refinerGrid is a configuration on one of its grids.
type refinerGrid struct {
	configuration schema.Configuration
	worker        *Worker
}

// refine measures a network on its own grid and, until as many in a row as were
// asked for resolve it, on finer ones. A network that overflows at a point between
// the old ones keeps the numbers that it had.
func (r *refiner) refine(n Network) Refinement {
	r.prepare(n)
	refined := Refinement{Network: n, Coarse: r.grids[0].measure(&r.drawn, n.Index)}
	refined.Fine = refined.Coarse
	for agreed := 0; refined.Fine.Status == schema.StatusOK; refined.Doublings++ {
		if agreed++; !refined.Fine.Resolved {
			agreed = 0
		}
		if refined.Settled = agreed >= r.Agreements; refined.Settled {
			break
		}
		finer := r.grid(refined.Doublings + 1)
		if finer == nil {
			break
		}
		row := finer.measure(&r.drawn, n.Index)
		if row.Status != schema.StatusOK {
			break
		}
		refined.Fine = row
	}
	return refined
}

// prepare draws a network and makes the first grid of its configuration unless it is
// there.
func (r *refiner) prepare(n Network) {
	r.network = n.Index
	if c := n.Configuration; r.configuration != c {
		r.configuration, r.grids = c, []*refinerGrid{r.newGrid(*c, c.Grid)}
		r.drawn.reset(c, r.plan.Seed, 1)
	}
	r.drawn.Draw(n.Index, 1)
}

// grid returns the configuration's grid after that many doublings, one more than
// there were yet at most, or nil if the limits do not allow it.
func (r *refiner) grid(doublings int) *refinerGrid {
	if doublings == len(r.grids) {
		r.grids = append(r.grids, r.double(&r.grids[doublings-1].configuration))
	}
	return r.grids[doublings]
}

// double returns configuration c on a grid of half its steps, or nil.
func (r *refiner) double(c *schema.Configuration) *refinerGrid {
	grid, ok := c.Grid.Doubled()
	if !ok || !r.Limit.Allows(grid) {
		return nil
	}
	return r.newGrid(*c, grid)
}

// newGrid returns configuration c on a grid. Its worker draws one network at a time
// and keeps no fields and no optional columns.
func (r *refiner) newGrid(c schema.Configuration, grid schema.Grid) *refinerGrid {
	c.Grid, c.Networks, c.KeepFields, c.Columns = grid, 1, 0, nil
	return &refinerGrid{c, NewWorker(r.engine, r.plan.Sweep, r.plan.Seed)}
}

// measure returns the row of the network that an ensemble holds at its first place.
func (g *refinerGrid) measure(drawn *Ensemble, network int64) schema.Row {
	w, rows := g.worker, make([]schema.Row, 1)
	w.prepare(&g.configuration)
	w.ensemble = *drawn // whose weights it only reads
	w.evaluate(rows, nil, 0, network)
	return rows[0]
}

// RefinerMemory returns an upper estimate of the bytes that one worker needs to
// refine networks of configuration c: it keeps all grids up to the finest.
func RefinerMemory(c schema.Configuration, limit dataset.RefineLimit) int64 {
	c.Networks, c.KeepFields, c.Columns = 1, 0, nil
	memory := c.Memory()
	for grid, ok := c.Grid.Doubled(); ok && limit.Allows(grid); grid, ok = grid.Doubled() {
		c.Grid = grid
		memory += c.Memory()
	}
	return memory
}
