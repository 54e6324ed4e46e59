package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"nodal/analysis"
	"nodal/dataset"
	"nodal/sampler"
	"nodal/schema"
)

// coarseTable returns the summary of configurations with that many unresolved ones
// of a hundred networks each.
func coarseTable(t *testing.T, unresolved ...int) (*analysis.Table, *dataset.Plan) {
	t.Helper()
	var rows []schema.Row
	var configurations []schema.Configuration
	for n, k := range unresolved {
		c := schema.Configuration{Case: string(rune('a' + n)), Inputs: 1, Outputs: 1, Hidden: []int{n + 1}, Activation: schema.Tanh,
			OutputActivation: schema.Tanh, Weights: schema.Law{Distribution: schema.Normal, Std: 1}, Biases: schema.Law{Distribution: schema.None},
			Grid: schema.Grid{{From: -1, To: 1, Points: 11}}, Connectivity: 6, Networks: 100}
		configurations = append(configurations, c)
		for i := range 100 {
			row := c.Describe("s", 1)
			row.Status, row.Resolved, row.Network, row.Regions = schema.StatusOK, i >= k, int64(i), 1
			rows = append(rows, row)
		}
	}
	table, err := analysis.Summarize(func(yield func([]schema.Row, error) bool) { yield(rows, nil) }, nil)
	if err != nil {
		t.Fatal(err)
	}
	return table, dataset.NewPlan("s", 1, nil, configurations, sampler.Fused.Numerics())
}

func TestWarnCoarse(t *testing.T) {
	for _, tt := range []struct {
		name       string
		unresolved []int
		grouped    bool
		want       string
	}{
		{"none", []int{0, 0}, false, ""},
		{"one in a hundred is not more", []int{1, 0}, false, ""},
		{"one", []int{0, 2}, false, "1 configuration has more than 1 % unresolved networks: its grid is too coarse, the counts off, mostly too low; worst: b 1-2-1 with 2 %"},
		{"three of four", []int{5, 1, 100, 30}, false, "3 configurations have more than 1 % unresolved networks: their grids are too coarse, the counts off, mostly too low; worst: c 1-3-1 with 100 %"},
		{"groups", []int{5, 7}, true, "2 groups have more than 1 % unresolved networks: their grids are too coarse, the counts off, mostly too low; worst: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			table, _ := coarseTable(t, tt.unresolved...)
			if got := warnCoarse(table, tt.grouped); got != tt.want && !(tt.grouped && strings.HasPrefix(got, tt.want)) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

// Where networks cannot be drawn again there are dashes, nulls, and a reason.
func TestNoEstimateOfOtherRows(t *testing.T) {
	table, plan := coarseTable(t, 50)
	plan.Numerics = "0-other"
	var text bytes.Buffer
	cmd := new(cobra.Command)
	cmd.SetErr(&text)
	if err := estimateFine(cmd, plan, table, 16, 1); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text.String(), `no estimate for finer grids: drawing networks again: the rows have numerics "0-other"`) {
		t.Errorf("it does not say why: %q", text.String())
	}
	if got := fineTables(table, labels(table), true); !strings.Contains(got, "  -  ") || strings.Contains(got, "±") {
		t.Errorf("want dashes:\n%s", got)
	}
	for _, c := range fineColumns() {
		if c.of(&table.Groups[0]) != nil {
			t.Errorf("column %s is not null", c.name)
		}
	}
	plan.Numerics = sampler.Fused.Numerics()
	if err := estimateFine(cmd, plan, table, 16, 1); err != nil {
		t.Fatal(err)
	}
	if got := fineTables(table, labels(table), true); !strings.Contains(got, "±") {
		t.Errorf("want numbers:\n%s", got)
	}
}
