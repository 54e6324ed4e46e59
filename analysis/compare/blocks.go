package compare

import (
	"math"

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

	counts []float64       // [blocks]
	sums   [][]compensated // [measures][blocks]
}

// newTally returns an empty tally of a configuration with the given number of
// networks in the plan.
func newTally(networks int64) *tally {
	blocks := int(min(networks, maxBlocks))
	t := &tally{planned: networks, counts: make([]float64, blocks), sums: make([][]compensated, len(measures))}
	for k := range t.sums {
		t.sums[k] = make([]compensated, blocks)
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
		t.sums[k][block].add(measures[k].value(r))
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

// compensated is a sum with a second float64 for what rounding takes from the
// first (Neumaier, Zeitschrift für Angewandte Mathematik und Mechanik 54, 1974):
// with it the order of a thousand summands does not show in the float64 nearest
// to the sum, but for ties.
type compensated struct{ high, low float64 }

func (c *compensated) add(x float64) {
	high := c.high + x
	if math.Abs(c.high) >= math.Abs(x) {
		c.low += (c.high - high) + x
	} else {
		c.low += (x - high) + c.high
	}
	c.high = high
}

func (c *compensated) value() float64 { return c.high + c.low }
