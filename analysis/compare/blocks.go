package compare

import (
	"nodal/analysis"
	"nodal/schema"
)

// maxBlocks is the largest number of blocks that the networks of a configuration
// are divided into.
const maxBlocks = 500

// tally is what is kept of the networks of one configuration: their numbers, and
// for each block the number of finite networks and the sum of every measure.
// Its size does not depend on the number of networks, some 70 kB at most.
type tally struct {
	planned    int64 // networks that there may be
	networks   int64
	nonfinite  int64
	unresolved int64 // of the finite ones

	counts []float64        // [blocks]
	sums   [][]analysis.Sum // [measures][blocks]
}

// newTally returns an empty tally of a configuration with the given number of
// networks in the plan.
func newTally(networks int64) *tally {
	blocks := int(min(networks, maxBlocks))
	t := &tally{planned: networks, counts: make([]float64, blocks), sums: make([][]analysis.Sum, len(measures))}
	for k := range t.sums {
		t.sums[k] = make([]analysis.Sum, blocks)
	}
	return t
}

// add counts a network in.
func (t *tally) add(r *schema.Row) {
	t.networks++
	if r.Status != schema.StatusOK {
		t.nonfinite++
		return
	}
	if !r.Resolved {
		t.unresolved++
	}
	block := int(r.Network % maxBlocks)
	t.counts[block]++
	for k := range measures {
		t.sums[k][block].Add(measures[k].value(r))
	}
}

// blocks returns which blocks have finite networks.
func (t *tally) blocks() []int {
	var filled []int
	for b, n := range t.counts {
		if n > 0 {
			filled = append(filled, b)
		}
	}
	return filled
}
