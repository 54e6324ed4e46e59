package sampler

import (
	"testing"

	"nodal/schema"
)

// Two tanh units in each layer over the plane have no islands (Johnson 2018). The
// walls of steep ones are thinner than the steps of the grid, which breaks them up:
// no such network may pass for resolved, though on some both grids agree.
func TestIslandsThatCannotExist(t *testing.T) {
	steep := schema.Law{Distribution: schema.Uniform, Low: -40, High: 40}
	c := &schema.Configuration{
		Case: "steep", Inputs: 2, Outputs: 1, Hidden: []int{2, 2}, Activation: schema.Tanh, OutputActivation: schema.Identity,
		Weights: steep, Biases: steep, Grid: schema.Grid{{From: -6, To: 6, Points: 101}, {From: -6, To: 6, Points: 101}},
		Connectivity: 6, Networks: 4000,
	}
	rows := make([]schema.Row, c.Networks)
	NewWorker(Fused, "test", 7).Measure(rows, nil, c, 0)
	laws := schema.NewLaws(*c, "test", 7)
	islands, agree := 0, 0
	for i := range rows {
		r := &rows[i]
		if err := laws.Check(r); err != nil {
			t.Errorf("network %d: %v", i, err)
		}
		if r.Islands == 0 {
			if r.Resolved != (r.Regions == r.RegionsHalf) {
				t.Errorf("network %d without islands: resolved is %t, %d regions and %d on every second point", i, r.Resolved, r.Regions, r.RegionsHalf)
			}
			continue
		}
		islands++
		if r.Regions == r.RegionsHalf {
			agree++
		}
		if r.Resolved {
			t.Errorf("network %d has %d islands and is resolved", i, r.Islands)
		}
	}
	if t.Logf("%d of %d networks show islands, on %d of them both grids agree", islands, len(rows), agree); agree == 0 {
		t.Error("both grids agree on no network with islands: this tests less than it seems to")
	}
	c.Hidden = []int{3, 2} // which may have islands
	NewWorker(Fused, "test", 7).Measure(rows, nil, c, 0)
	for i := range rows {
		if r := &rows[i]; r.Resolved != (r.Regions == r.RegionsHalf) {
			t.Errorf("network %d of %s: resolved is %t, %d regions and %d on every second point", i, r.Hidden, r.Resolved, r.Regions, r.RegionsHalf)
		}
	}
}
