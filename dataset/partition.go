package dataset

import (
	"iter"
	"math"
	"strconv"
	"strings"

	"nodal/schema"
)

// The bounds of a part. A part is what a crash can cost and what one machine of
// many takes at a time, so it is kept to some thirty seconds of one core; its
// rows are kept to what readers handle well as one file (DuckDB's row group).
// They are variables for the tests alone, which want parts of a few networks.
var (
	partWork = int64(30e9) // nominal nanoseconds
	partRows = int64(122_880)
)

// Unit is a range of the networks of one configuration: Count of them from
// First on.
type Unit struct {
	Configuration int // index into Part.Plan.Configurations
	First, Count  int64
}

// Part is a run of consecutive units that is published as one file.
type Part struct {
	Plan  *Plan // whose part it is: the plan that it was asked of, or a base of it
	Seq   int   // number of the part in Plan, from 0
	Units []Unit
}

// Name returns the name of the part's files without extension, such as
// "part-1f2e3d4c-000017".
func (p Part) Name() string {
	digits := strconv.Itoa(p.Seq)
	return "part-" + p.Plan.Hash()[:8] + "-" + strings.Repeat("0", max(0, 6-len(digits))) + digits
}

// Part returns the part of that name, and whether the plan has it.
func (p *Plan) Part(name string) (Part, bool) {
	for part := range p.Parts() {
		if part.Name() == name {
			return part, true
		}
	}
	return Part{}, false
}

// Networks returns the number of networks in the part, which is its number of
// rows.
func (p Part) Networks() int64 {
	var n int64
	for _, u := range p.Units {
		n += u.Count
	}
	return n
}

// Work returns the nominal work of the part in nanoseconds, see [Cost].
func (p Part) Work() float64 {
	var work float64
	for _, u := range p.Units {
		work += float64(float64(u.Count) * Cost(p.Plan.Configurations[u.Configuration]))
	}
	return work
}

// ShardWork returns the nominal work, in nanoseconds, of each of count shards as far
// as the plan is decided. It panics if count is not positive.
func (p *Plan) ShardWork(count int) []float64 {
	work := make([]float64, count)
	for part := range p.Parts() {
		work[part.Seq%count] += part.Work()
	}
	return work
}

// Cost returns the nominal work of drawing, evaluating and measuring one
// network and writing its row, in nanoseconds of one core:
//
//	points·(weights/50 + hidden units·a + 1.5·outputs) + 2.5·draws + 1000
//
// with a = 1/32 for activations that only compare and multiply and a = 1/4 for
// the others. A core with AVX2 takes about that long; portable Go takes tens of
// times longer. Optional columns add to it: exact counts 0.3 for each weight of a layer
// and each unit before it, expected crossings 1 for each unit of the last hidden layer,
// point and axis.
//
// It is a yardstick, not a measurement: it sizes parts and weighs
// configurations against each other, and it is part of the plan, so it does not
// follow the machine or the state of the code. Changing it takes a new
// [PlanVersion].
func Cost(c schema.Configuration) float64 {
	var weights, biases int64
	fanIn := c.Inputs
	for _, n := range c.Layers()[1:] {
		weights += int64(fanIn) * int64(n)
		biases += int64(n)
		fanIn = n
	}
	draws := weights
	if c.Biases.Distribution != schema.None {
		draws += biases
	}
	// The conversions keep a compiler from fusing, which would give another plan.
	perPoint := float64(float64(weights)*0.02) + float64(float64(c.Units())*activationCost(c.Activation)) + float64(1.5*float64(c.Outputs))
	return float64(float64(c.Grid.Points())*perPoint) + float64(2.5*float64(draws)) + 1000 + extraCost(c)
}

// extraCost returns the nominal work of the optional columns.
func extraCost(c schema.Configuration) float64 {
	var cost float64
	layers := c.Layers()
	if c.MeasuresExactly() {
		before := 0.0 // units
		for l, fanIn := range layers[:len(layers)-1] {
			if l > 0 {
				before += float64(fanIn)
			}
			cost += float64(0.3 * before * float64(fanIn) * float64(layers[l+1]))
		}
	}
	if c.Measures(schema.ColumnCrossingsExpected) {
		cost += float64(float64(layers[len(layers)-2]) * float64(c.Grid.Points()) * float64(len(c.Grid)))
	}
	return cost
}

// activationCost returns the nominal work of one value.
func activationCost(a schema.Activation) float64 {
	switch a {
	case schema.Identity, schema.ReLU, schema.LeakyReLU, schema.Step:
		return 1.0 / 32
	}
	return 1.0 / 4
}

// partCost returns Cost in whole nanoseconds, rounded up, at most partWork, so
// that a network which exceeds the bound on its own fills one part.
func partCost(c schema.Configuration) int64 {
	return int64(min(math.Ceil(Cost(c)), float64(partWork)))
}

// Parts yields the parts of the plan in order, as far as it is decided: those of
// its base, and then stage by stage every network that the base lacks once,
// configurations in the plan's order, networks ascending, as many to a part as its
// bounds allow. Parts are made as they are asked for; the sequence holds one at a
// time.
func (p *Plan) Parts() iter.Seq[Part] {
	return func(yield func(Part) bool) {
		if p.Base != nil {
			for part := range p.Base.Parts() {
				if !yield(part) {
					return
				}
			}
		}
		p.ownParts(yield)
	}
}

// ownParts yields the parts that the base lacks.
func (p *Plan) ownParts(yield func(Part) bool) {
	seq := 0
	for units := range p.stages() {
		for part := range p.pack(units, seq) {
			if !yield(part) {
				return
			}
			seq = part.Seq + 1
		}
	}
}

// stages yields, for every stage of the plan, the ranges of networks that it draws
// and that neither the base nor an earlier stage has, in the plan's order. A stage
// begins with a part of its own, since its ranges are not known before.
func (p *Plan) stages() iter.Seq[iter.Seq[Unit]] {
	return func(yield func(iter.Seq[Unit]) bool) {
		there := p.Base.counts()
		for k := range len(p.Checkpoints) + 1 {
			if !yield(p.stage(k, there)) {
				return
			}
		}
	}
}

// stage yields the ranges of stage k, given what the base has.
func (p *Plan) stage(k int, there map[string]int64) iter.Seq[Unit] {
	return func(yield func(Unit) bool) {
		add := func(i int) bool {
			c := p.Configurations[i]
			first, end := int64(0), Target(c, k)
			if k > 0 {
				first = Target(c, k-1)
			}
			if len(there) > 0 { // an identity is a hash, which takes a while
				first = max(first, there[c.ID()])
			}
			return first >= end || yield(Unit{Configuration: i, First: first, Count: end - first})
		}
		if k > 0 {
			for _, i := range p.Checkpoints[k-1].Open {
				if !add(i) {
					return
				}
			}
			return
		}
		for i := range p.Configurations {
			if !add(i) {
				return
			}
		}
	}
}

// pack yields parts for ranges of networks, as many to a part as its bounds allow,
// the first with number seq.
func (p *Plan) pack(ranges iter.Seq[Unit], seq int) iter.Seq[Part] {
	return func(yield func(Part) bool) {
		part := Part{Plan: p, Seq: seq}
		work, rows := partWork, partRows // what is left in part
		for u := range ranges {
			for cost := partCost(p.Configurations[u.Configuration]); u.Count > 0; {
				n := min(u.Count, rows, work/cost)
				if n == 0 {
					if !yield(part) {
						return
					}
					part = Part{Plan: p, Seq: part.Seq + 1}
					work, rows = partWork, partRows
					continue
				}
				part.Units = append(part.Units, Unit{Configuration: u.Configuration, First: u.First, Count: n})
				u.First += n
				u.Count -= n
				work -= n * cost
				rows -= n
			}
		}
		if len(part.Units) > 0 {
			yield(part)
		}
	}
}

// counts returns the networks that a plan draws of every configuration, as far as
// it is decided and those of its base included, by identity; nothing if there is no
// plan.
func (p *Plan) counts() map[string]int64 {
	if p == nil {
		return nil
	}
	there := p.Base.counts()
	counts := make(map[string]int64, len(p.Configurations))
	for i, target := range p.targets() {
		id := p.Configurations[i].ID()
		counts[id] = max(target, there[id])
	}
	return counts
}

// PartCount returns the number of parts. It takes the walk of Parts one
// configuration at a time rather than one part at a time.
func (p *Plan) PartCount() int {
	base := 0
	if p.Base != nil {
		base = p.Base.PartCount()
	}
	count := base
	for units := range p.stages() {
		count += p.packed(units)
	}
	return count
}

// packed returns how many parts pack makes.
func (p *Plan) packed(ranges iter.Seq[Unit]) int {
	var count, work, rows int64 // work and rows: what is left in the open part
	for u := range ranges {
		cost := partCost(p.Configurations[u.Configuration])
		n := min(u.Count, rows, work/cost)
		work -= n * cost
		rows -= n
		left := u.Count - n
		if left == 0 {
			continue
		}
		full := min(partRows, partWork/cost)
		opened := (left + full - 1) / full
		last := left - (opened-1)*full
		count += opened
		work, rows = partWork-last*cost, partRows-last
	}
	return int(count)
}
