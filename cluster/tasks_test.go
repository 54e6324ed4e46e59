package cluster

import (
	"math"
	"testing"

	"nodal/dataset"
	"nodal/schema"
)

// line is a configuration of no hidden layer on that many points. Its nominal cost
// is 1,005 ns and 1.52 ns a point: 1.5 for the output and 1/50 for the weight.
func line(points int, networks int64) schema.Configuration {
	law := schema.Law{Distribution: schema.Uniform, Low: -1, High: 1}
	return schema.Configuration{
		Case: "a", Inputs: 1, Outputs: 1, Activation: schema.Identity, OutputActivation: schema.Identity,
		Weights: law, Biases: law, Grid: schema.Grid{{From: -1, To: 1, Points: points}}, Connectivity: 6, Networks: networks,
	}
}

// planOf plans a sweep of these.
func planOf(configurations ...schema.Configuration) *dataset.Plan {
	return dataset.NewPlan("lines", 7, nil, configurations, "1")
}

// slow is a configuration of whose networks each costs 1.521 ms, so that 19,724 of
// them are a part of 30 s.
func slow(networks int64) schema.Configuration { return line(1_000_000, networks) }

func TestCut(t *testing.T) {
	until := slow(400_000)
	until.Until = &schema.Until{}
	for _, tt := range []struct {
		name           string
		plan           *dataset.Plan
		workers, count int
		want           int
		total          float64 // core seconds
	}{
		{"nothing", planOf(), 1, 0, 1, 0},
		{"one network", planOf(line(2, 1)), 4, 0, 1, 1008.04e-9},
		{"half an hour of a core", planOf(slow(1_183_000)), 1, 0, 1, 1799.3},
		{"a little more", planOf(slow(1_184_000)), 1, 0, 2, 1800.9},
		{"with four workers", planOf(slow(4 * 1_183_000)), 4, 0, 1, 4 * 1799.3},
		{"no more than parts", planOf(slow(100_000)), 1, 0, 1, 152.1},
		{"as many as were asked for", planOf(slow(100_000)), 1, 7, 7, 152.1},
		{"more than parts", planOf(line(2, 1)), 1, 9, 9, 1008.04e-9},
		{"at most a thousand", planOf(slow(2_000_000_000)), 1, 0, 1000, 3.042e6},
		{"until certain counts as it ends", planOf(until), 1, 2, 2, 608.4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Cut(tt.plan, tt.workers, tt.count)
			if got.Count != tt.want || got.Workers != tt.workers {
				t.Errorf("Cut() = %+v, want %d tasks", got, tt.want)
			}
			if math.Abs(got.Total-tt.total) > 1e-4*tt.total {
				t.Errorf("Total = %g, want %g", got.Total, tt.total)
			}
		})
	}
}
