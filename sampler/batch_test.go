package sampler

import (
	"testing"

	"nodal/dataset"
	"nodal/schema"
)

// The memory estimate of a run covers the kept fields of all batches that may wait
// for their turn.
func TestMemoryCoversKeptFields(t *testing.T) {
	for _, configurations := range [][]*schema.Configuration{
		{lineConfiguration(schema.Tanh, nil, 1, 2)},
		{lineConfiguration(schema.Tanh, []int{8}, 1, 101)},
		{lineConfiguration(schema.Tanh, nil, 256, 10001)},
		{squareConfiguration(schema.ReLU, []int{64, 64}, 3, 256, 256)},
		{lineConfiguration(schema.Tanh, nil, 1, 101), lineConfiguration(schema.Tanh, nil, 256, 10001), lineConfiguration(schema.Tanh, nil, 1, 2)},
	} {
		for _, networks := range []int64{1, 100, 1e6} {
			var all []schema.Configuration
			for _, c := range configurations {
				c.Networks, c.KeepFields = networks, networks
				all = append(all, *c)
			}
			plan := dataset.NewPlan("kept", 1, nil, all, Fused.Numerics())
			var largest, total int64
			for part := range plan.Parts() {
				for c := range contents(part) {
					largest = max(largest, c.kept())
					total += c.kept()
				}
				if part.Seq == 2 {
					break // these have batches of full size
				}
			}
			m := MemoryOf(plan)
			if m.Kept < batchesPerWorker*largest || m.AllKept < total {
				t.Errorf("%s, %d networks: %d bytes of kept fields may wait, %d in all, the estimate has %d and %d",
					caseName(configurations[0]), networks, batchesPerWorker*largest, total, m.Kept, m.AllKept)
			}
			if workers := m.Fits(m.With(3), 9); workers < 3 || m.With(workers) > m.With(3) {
				t.Errorf("%s: Fits gives %d workers in the memory of 3", caseName(configurations[0]), workers)
			}
		}
	}
}

// A batch does not keep the memory of a few large fields at every place where a
// sweep of many configurations ever put one.
func TestBatchLetsLargeFieldsGo(t *testing.T) {
	const points = 1 << 18
	large, small := lineConfiguration(schema.Tanh, nil, 1, points), lineConfiguration(schema.Tanh, nil, 1, 2)
	large.Networks, large.KeepFields, small.Networks, small.KeepFields = 1, 1, 50, 50
	var b batch
	worker := NewWorker(Fused, "t", 1)
	for place := range 40 { // the large field comes after that many small ones
		b.reset(0, dataset.Part{}, content{networks: place + 1, pieces: []piece{{small, 0, place}, {large, 0, 1}}})
		b.fields = worker.Measure(b.rows[:place], b.fields, small, 0)
		b.fields = worker.Measure(b.rows[place:], b.fields, large, 0)
		if len(b.fields) != place+1 {
			t.Fatalf("%d fields kept, want %d", len(b.fields), place+1)
		}
	}
	if held, most := b.held(), 2*b.kept()+spareFields; held > most+most/4 { // as slices grow
		t.Errorf("the batch holds %d bytes for %d of fields, want at most about %d", held, b.kept(), most)
	}
}
