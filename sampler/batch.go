package sampler

import (
	"iter"

	"nodal/dataset"
	"nodal/schema"
)

// batch is what a worker is handed at once: consecutive networks of one part,
// of one configuration or of many small ones.
type batch struct {
	position int // in the order of the plan, from 0
	part     dataset.Part
	content
	rows   []schema.Row
	fields []schema.Field
}

// content is the networks of a batch, and whether it is the first or the last of
// its part. A content without networks stands for a part that is there already.
type content struct {
	pieces       []piece
	networks     int
	work         float64 // nominal cost, see [dataset.Cost]
	begins, ends bool
}

// piece is a run of networks of one configuration.
type piece struct {
	configuration *schema.Configuration
	first         int64
	count         int
}

const (
	// batchWork is the nominal work of a batch, in nanoseconds: long beside the
	// cost of handing it over, short beside the time that the other workers wait
	// for the last one at the end of a sweep.
	batchWork = 4e6
	// batchRows bounds the rows of a batch.
	batchRows = 512
)

// spareFields is how many bytes of field values an empty batch may hold beyond
// those that it will be filled with.
const spareFields = 256 << 10

// reset makes the batch stand for c, keeping its memory, but for that of fields
// which would be of little use to it: else every place of a batch would grow to the
// largest field of the sweep.
func (b *batch) reset(position int, part dataset.Part, c content) {
	pieces := append(b.pieces[:0], c.pieces...)
	b.position, b.part, b.content = position, part, c
	b.pieces = pieces
	if cap(b.rows) < c.networks {
		b.rows = append(b.rows[:cap(b.rows)], make([]schema.Row, c.networks-cap(b.rows))...)
	}
	b.rows = b.rows[:c.networks]
	b.fields = b.fields[:0]
	if kept := c.kept(); b.held() > kept+kept/4+spareFields { // slices grow to round sizes
		b.fields = nil
	}
}

// held returns the bytes of field values that the batch has memory for.
func (b *batch) held() int64 {
	var bytes int64
	for _, f := range b.fields[:cap(b.fields)] {
		bytes += 4 * int64(cap(f.Values))
	}
	return bytes
}

// kept returns the bytes of field values that the networks of c keep at most.
func (c *content) kept() int64 {
	var bytes int64
	for _, p := range c.pieces {
		networks := max(0, min(int64(p.count), p.configuration.KeepFields-p.first))
		bytes += 4 * networks * int64(p.configuration.Outputs) * int64(p.configuration.Grid.Points())
	}
	return bytes
}

// add appends up to count networks from first on of configuration c, as many as
// fit, and returns how many. An empty batch takes at least one.
func (c *content) add(configuration *schema.Configuration, first, count int64) (taken int64) {
	cost := dataset.Cost(*configuration)
	room := int64(min(max(batchWork-c.work, 0)/cost, batchRows))
	if c.networks == 0 {
		room = max(room, 1)
	}
	taken = min(count, room, int64(batchRows-c.networks))
	if taken > 0 {
		c.pieces = append(c.pieces, piece{configuration, first, int(taken)})
		c.networks += int(taken)
		c.work += float64(float64(taken) * cost)
	}
	return taken
}

// contents cuts a part into batches of like work, in order. The slice of pieces
// is used again once the consumer returns.
func contents(part dataset.Part) iter.Seq[content] {
	return func(yield func(content) bool) {
		c := content{begins: true}
		for _, unit := range part.Units {
			configuration := &part.Plan.Configurations[unit.Configuration]
			for done := int64(0); done < unit.Count; {
				taken := c.add(configuration, unit.First+done, unit.Count-done)
				done += taken
				if taken > 0 {
					continue
				}
				if !yield(c) {
					return
				}
				c = content{pieces: c.pieces[:0]}
			}
		}
		c.ends = true
		yield(c)
	}
}
