package sampler

import (
	"unsafe"

	"nodal/dataset"
	"nodal/schema"
)

// Memory is an upper estimate of what a run needs, in bytes.
type Memory struct {
	Fixed   int64 // whatever the number of workers
	Worker  int64 // for each worker: its buffers and the rows that wait to be written
	Kept    int64 // for each worker: the fields that wait, as long as there are so many
	AllKept int64 // all fields of the plan
}

// With returns the bytes that a run needs with that many workers.
func (m Memory) With(workers int) int64 {
	return m.Fixed + int64(workers)*m.Worker + min(int64(workers)*m.Kept, m.AllKept)
}

// Fits returns the largest number of workers, at most most, that a run needs no
// more than that many bytes with; 0 if there is none.
func (m Memory) Fits(bytes int64, most int) int {
	for most > 0 && m.With(most) > bytes {
		most--
	}
	return most
}

// What a run needs that is not in proportion to anything: the program and its
// tables, the collector's own, the Parquet writer and the reader that checks what
// was written (18 MiB together were measured for the first two, 8 for the writer),
// and for each worker stacks, small tiles and draws.
const (
	programMemory = 36 << 20
	workerMemory  = 1 << 20
)

// MemoryOf returns what a run of a plan needs.
//
// A worker goes through configurations of all sizes. Its weights may be largest in
// one and its field in another, and what it grows out of stays until the collector
// has run: so the two largest sizes of each count.
func MemoryOf(plan *dataset.Plan) Memory {
	var layers, fields twoLargest
	classes := int64(2)
	for i := range plan.Configurations {
		c := &plan.Configurations[i]
		layers.add(c.LayerMemory())
		fields.add(c.FieldMemory())
		classes = max(classes, int64(c.Outputs))
	}
	rows := int64(batchRows) // where configurations share batches
	if len(plan.Configurations) == 1 {
		rows = batchNetworks(&plan.Configurations[0])
	}
	row := int64(unsafe.Sizeof(schema.Row{})) + 3*8*classes + int64(unsafe.Sizeof(schema.Extra{})) + 5*8
	kept, all, spare := keptMemory(plan)
	worker := layers.sum() + fields.sum() + batchesPerWorker*(rows*row+spare)
	return Memory{
		Fixed:   programMemory + dataset.WriterMemory(plan),
		Worker:  unseen(worker) + workerMemory,
		Kept:    unseen(batchesPerWorker * kept),
		AllKept: unseen(all),
	}
}

// unseen adds an eighth for what the collector has not seen yet.
func unseen(bytes int64) int64 { return bytes + bytes/8 }

// keptMemory returns the bytes that kept fields take in a batch and in all batches
// together, and those that an empty batch may hold beside them. Where fields differ
// in size a batch keeps some of another size as well, but no more than it needs and
// those spare ones, see [batch.reset].
func keptMemory(plan *dataset.Plan) (batch, all, spare int64) {
	batch = mostKept(plan)
	points := 0 // of the fields seen so far
	for i := range plan.Configurations {
		c := &plan.Configurations[i]
		if c.KeepFields == 0 {
			continue
		}
		if points != 0 && points != c.Grid.Points() {
			spare = spareFields
		}
		points = c.Grid.Points()
		all += min(c.KeepFields, c.Networks) * fieldsMemory(c)
	}
	if spare > 0 {
		return 2 * batch, 2 * all, spare
	}
	return batch, all, 0
}

// mostKept returns an upper bound of the bytes of kept fields in one batch: of the
// configurations that it begins and ends in, as many networks as a batch holds, and
// of those between, which it holds whole, all that are kept.
func mostKept(plan *dataset.Plan) (most int64) {
	configurations := plan.Configurations
	work := make([]float64, len(configurations))
	part := make([]int64, len(configurations)) // kept, if a batch holds a part of the configuration
	for i := range configurations {
		c := &configurations[i]
		fewest := dataset.Target(*c, 0)
		if c.Until != nil && c.KeepFields > fewest { // a later stage may be short and keep fields
			fewest = 1
		}
		work[i] = float64(dataset.Cost(*c) * float64(fewest))
		part[i] = min(batchNetworks(c), c.KeepFields) * fieldsMemory(c)
	}
	for i := range configurations {
		kept, left := part[i], float64(batchWork)
		for j := i + 1; j < len(configurations) && j <= i+batchRows; j++ {
			most = max(most, kept+part[j])
			if left -= work[j]; left < 0 {
				break
			}
			kept += part[j]
		}
		most = max(most, kept)
	}
	return most
}

// batchNetworks returns the most networks of a configuration that a batch holds.
func batchNetworks(c *schema.Configuration) int64 {
	var b content
	return b.add(c, 0, max(c.Networks, 1))
}

// fieldsMemory returns the bytes of the fields of one network that is kept.
func fieldsMemory(c *schema.Configuration) int64 {
	values := 4 * int64(c.Grid.Points())
	return int64(c.Outputs) * (values + int64(unsafe.Sizeof(schema.Field{})))
}

// twoLargest holds the two largest different sizes that were added, or zeros.
type twoLargest struct{ first, second int64 }

func (t *twoLargest) add(n int64) {
	switch {
	case n > t.first:
		t.first, t.second = n, t.first
	case n < t.first:
		t.second = max(t.second, n)
	}
}

func (t *twoLargest) sum() int64 { return t.first + t.second }
