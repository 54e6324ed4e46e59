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
		{"no more than networks", planOf(line(4e12, 2)), 1, 0, 2, 12160}, // an hour and a half each
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

// TestCutIsFair checks what holds of every plan: all of the work is shared out, part
// by part; tasks are neither too many nor, where their number is free, too long.
func TestCutIsFair(t *testing.T) {
	const partSeconds = 30.1 // of one core, the most of a part of more than a network
	for _, networks := range []int64{1, 5_000, 1_000_000, 50_000_000, 3_000_000_000} {
		plan := planOf(slow(networks), line(2, networks))
		parts := plan.PartCount()
		for _, workers := range []int{1, 3, 64} {
			for _, count := range []int{0, 1, 2, 7, 1000} {
				got := Cut(plan, workers, count)
				if got.Count < 1 || got.Count > 1000 || count > 0 && got.Count != count || count == 0 && got.Count > parts {
					t.Errorf("%d networks, %d workers: %d tasks of %d, %d parts", networks, workers, got.Count, count, parts)
				}
				shared, longest := 0.0, 0.0
				for _, work := range shares(plan, got.Count) {
					shared += work
					longest = max(longest, work)
				}
				if !near(got.Total, shared) || !near(got.Seconds*float64(workers), longest) {
					t.Errorf("%d networks: %+v, want %g s in all and %g s in the longest", networks, got, shared, longest)
				}
				perTask := float64((parts+got.Count-1)/got.Count) * partSeconds / float64(workers)
				if got.Seconds > perTask {
					t.Errorf("%d networks, %+v: want at most %g s", networks, got, perTask)
				}
				if count == 0 && got.Count < 1000 && got.Seconds > 30*60+partSeconds/float64(workers) {
					t.Errorf("%d networks, %+v: longer than half an hour and a part", networks, got)
				}
			}
		}
	}
}

// shares returns the core seconds of each shard: every count-th part from its own on,
// see [dataset.Shard].
func shares(plan *dataset.Plan, count int) []float64 {
	work := make([]float64, count)
	seq := 0
	for part := range plan.Parts() {
		work[seq%count] += part.Work() / 1e9
		seq++
	}
	return work
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(a, b) }

func TestCutPanics(t *testing.T) {
	for _, tt := range []struct {
		name           string
		workers, count int
	}{{"no workers", 0, 1}, {"negative count", 1, -1}} {
		t.Run(tt.name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			Cut(planOf(), tt.workers, tt.count)
		})
	}
}
