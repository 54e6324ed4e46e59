package sampler

import (
	"iter"

	"nodal/dataset"
	"nodal/schema"
)

// batch is what a worker is handed at once: consecutive networks of one
// configuration within one part.
type batch struct {
	position int // in the order of the plan, from 0
	part     dataset.Part
	piece
	rows   []schema.Row
	fields []schema.Field
}

// piece is the networks of a batch, and whether it is the first or the last of
// its part. A piece without networks stands for a part that is there already.
type piece struct {
	configuration *schema.Configuration
	first         int64
	count         int
	begins, ends  bool
}

const (
	// batchWork is the nominal work of a batch, in nanoseconds: long beside the
	// cost of handing it over, short beside the time a user waits after Ctrl-C.
	batchWork = 20e6
	// batchRows bounds the rows of a batch.
	batchRows = 512
)

// reset makes the batch stand for a piece, keeping its memory.
func (b *batch) reset(position int, part dataset.Part, p piece) {
	b.position, b.part, b.piece = position, part, p
	if cap(b.rows) < p.count {
		b.rows = append(b.rows[:cap(b.rows)], make([]schema.Row, p.count-cap(b.rows))...)
	}
	b.rows = b.rows[:p.count]
	clear(b.fields)
	b.fields = b.fields[:0]
}

// pieces cuts a part into batches of like work, in order.
func pieces(plan *dataset.Plan, part dataset.Part) iter.Seq[piece] {
	return func(yield func(piece) bool) {
		for u, unit := range part.Units {
			c := &plan.Configurations[unit.Configuration]
			size := min(max(int64(batchWork/dataset.Cost(*c)), 1), batchRows)
			for done := int64(0); done < unit.Count; done += size {
				count := min(size, unit.Count-done)
				p := piece{
					configuration: c,
					first:         unit.First + done,
					count:         int(count),
					begins:        u == 0 && done == 0,
					ends:          u == len(part.Units)-1 && done+count == unit.Count,
				}
				if !yield(p) {
					return
				}
			}
		}
	}
}
