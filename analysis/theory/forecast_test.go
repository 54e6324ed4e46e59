package theory

import (
	"testing"

	"nodal/schema"
)

// What is predicted of a configuration does not depend on the others: wide networks of
// one limit share it, and nothing else is shared.
func TestForecastsAreShared(t *testing.T) {
	normal := schema.Law{Distribution: schema.Normal, Std: 2, Scale: schema.FanIn}
	biases := schema.Law{Distribution: schema.Normal, Std: .5}
	base := schema.Configuration{Inputs: 1, Outputs: 1, Hidden: []int{16}, Activation: schema.ReLU, OutputActivation: schema.Identity,
		Weights: normal, Biases: biases, Grid: schema.Grid{{From: -3, To: 3, Points: 51}}, Connectivity: 6,
		Columns: []schema.OptionalColumn{schema.ColumnBreakpoints, schema.ColumnBreakpointsFirst}}
	changed := func(change func(*schema.Configuration)) schema.Configuration {
		c := base
		c.Grid = schema.Grid{base.Grid[0]}
		change(&c)
		return c
	}
	all := []schema.Configuration{base,
		changed(func(c *schema.Configuration) { c.Hidden = []int{64} }),
		changed(func(c *schema.Configuration) { c.Hidden = []int{16, 16} }),
		changed(func(c *schema.Configuration) { c.Outputs = 3 }),
		changed(func(c *schema.Configuration) { c.Activation = schema.LeakyReLU }),
		changed(func(c *schema.Configuration) { c.Grid[0].Points = 101 }),
		changed(func(c *schema.Configuration) { c.Biases.Std = .6 }),
		changed(func(c *schema.Configuration) { c.Weights.Scale = "" }),
		changed(func(c *schema.Configuration) {
			c.Weights = schema.Law{Distribution: schema.Uniform, Low: -2, High: 2, Scale: schema.FanIn}
		}),
	}
	together, err := Agreement(all, noRows)
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for i := range all {
		alone, err := Agreement(all[i:i+1], noRows)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range alone {
			got := together[at]
			at++
			if got.Column != want.Column || !equalValue(got.Limit, want.Limit) || !equalValue(got.Grid, want.Grid) || got.Note != want.Note {
				t.Errorf("%d, %s: limit %v, on the grid %v, %q; alone %v, %v, %q", i, want.Column, got.Limit, got.Grid, got.Note, want.Limit, want.Grid, want.Note)
			}
		}
	}
	if at != len(together) {
		t.Errorf("%d lines together, %d alone", len(together), at)
	}
	crossings := func(i int) *Value { return together[4*i].Grid }
	if crossings(0) != crossings(1) {
		t.Error("networks of two widths do not share their limit")
	}
}

// noRows is no rows.
func noRows(func([]schema.Row, error) bool) {}

func equalValue(a, b *Value) bool {
	if a == nil || b == nil {
		return a == b
	}
	d := a.Value - b.Value
	return d <= 1e-11*b.Value && d >= -1e-11*b.Value
}
