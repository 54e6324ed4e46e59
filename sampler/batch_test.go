package sampler

import (
	"testing"

	"nodal/dataset"
	"nodal/schema"
)

// The memory estimate of a configuration covers the kept fields of all batches
// that may wait for their turn. It stands in schema, which cannot see the
// constants of this package.
func TestMemoryCoversKeptFields(t *testing.T) {
	for _, c := range []*schema.Configuration{
		lineConfiguration(schema.Tanh, nil, 1, 2),
		lineConfiguration(schema.Tanh, []int{8}, 1, 101),
		lineConfiguration(schema.Tanh, nil, 256, 10001),
		squareConfiguration(schema.ReLU, []int{64, 64}, 3, 256, 256),
	} {
		c.Networks, c.KeepFields = 1e6, 1e6
		plan := dataset.NewPlan("kept", 1, nil, []schema.Configuration{*c}, Fused.Numerics())
		largest := 0
		for part := range plan.Parts() {
			for c := range contents(part) {
				largest = max(largest, c.networks)
			}
			break // the first part has batches of full size
		}
		waiting := int64(batchesPerWorker*largest) * 4 * int64(c.Outputs*c.Grid.Points())
		bare := *c
		bare.KeepFields = 0
		if covered := c.Memory() - bare.Memory(); covered < waiting {
			t.Errorf("%s: %d bytes of kept fields may wait, the estimate has %d", caseName(c), waiting, covered)
		}
	}
}
