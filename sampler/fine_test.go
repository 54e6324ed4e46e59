package sampler

import (
	"context"
	"errors"
	"math"
	"reflect"
	"testing"

	"nodal/analysis"
	"nodal/dataset"
	"nodal/schema"
)

// wavy is a plan of one configuration whose grid is far too coarse: a sine of a sum
// of sines of steep lines.
func wavy(inputs int, networks int64, engine Engine) *dataset.Plan {
	c := schema.Configuration{
		Case: "wavy", Inputs: inputs, Outputs: 1, Hidden: []int{3, 2}, Activation: schema.Sin, OutputActivation: schema.Identity,
		Weights: schema.Law{Distribution: schema.Normal, Std: 4}, Biases: schema.Law{Distribution: schema.Normal, Std: 1},
		Grid: schema.Grid{{From: -3, To: 3, Points: 40}}, Connectivity: 6, Networks: networks,
	}
	if inputs == 2 {
		c.Grid = schema.Grid{{From: -1, To: 1, Points: 12}, {From: -1, To: 2, Points: 15}}
	}
	return dataset.NewPlan("wavy", 7, nil, []schema.Configuration{c}, engine.Numerics())
}

func TestLadder(t *testing.T) {
	line, plane := wavy(1, 1000, Fused).Configurations[0], wavy(2, 1000, Fused).Configurations[0]
	line.Grid[0].Points, plane.Grid[0].Points = 101, 101
	for _, tt := range []struct {
		name      string
		c         schema.Configuration
		most, all int64
		work      float64
		want      []int64
	}{
		{"half as many on every second grid", line, 256, 1000, 1e12, []int64{256, 256, 128, 64, 32, 16}},
		{"no more than there are", line, 256, 100, 1e12, []int64{100, 100, 100, 64, 32, 16}},
		{"a quarter in the plane", plane, 256, 1000, 1e12, []int64{256, 256, 64, 16}},
		{"hardly any time", line, 2048, 1000, 1, []int64{16, 16}},
		{"few", line, 64, 5, 1e12, []int64{5, 5, 5, 5}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := NewLadder(tt.c, tt.most, tt.all, tt.work)
			if !reflect.DeepEqual(l.counts, tt.want) {
				t.Fatalf("networks by doublings = %v, want %v", l.counts, tt.want)
			}
			for level, n := range tt.want {
				for network := range l.Networks() {
					if known := l.top(network) >= level; known != (network < n) {
						t.Errorf("network %d is known at level %d: %t", network, level, known)
					}
				}
			}
		})
	}
}

// Every level is what measuring the network on that grid gives, whether it was
// measured there or seen as half of the next, for any number of workers.
func TestClimb(t *testing.T) {
	for n := range 4 {
		inputs, engine := 1+n%2, []Engine{Fused, BLAS}[n/2]
		plan := wavy(inputs, 100, engine)
		c := &plan.Configurations[0]
		ladder := NewLadder(*c, 128, 100, 1e12)
		climbed, err := ladder.Climb(context.Background(), plan, c, 1)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ladder.Climb(context.Background(), plan, c, 5)
		if err != nil || !reflect.DeepEqual(climbed, again) {
			t.Errorf("%d inputs: five workers make something else of it (error %v)", inputs, err)
		}
		if len(climbed.Counts) != 100 {
			t.Fatalf("%d networks, want 100", len(climbed.Counts))
		}
		rows, grown := make([]schema.Row, 100), 0
		for level := range ladder.counts {
			finer := *c
			NewWorker(engine, "wavy", 7).Measure(rows, nil, &finer, 0)
			for i, counts := range climbed.Counts {
				if level < len(counts) && counts[level] != analysis.CountsOf(&rows[i]) {
					t.Errorf("%d inputs, network %d, level %d: %v, want %v", inputs, i, level, counts[level], analysis.CountsOf(&rows[i]))
				}
				if level > 0 && level < len(counts) && counts[level][1] > counts[level-1][1] {
					grown++
				}
			}
			if rows[0].Resolution > int32(climbed.Points) {
				t.Errorf("the finest grid has %d points, not %d", climbed.Points, rows[0].Resolution)
			}
			finer.Grid, _ = c.Grid.Doubled()
			c = &finer
		}
		if grown < 50 {
			t.Errorf("%d inputs: regions grew %d times: this tests less than it seems to", inputs, grown)
		}
	}
}

// The estimate lies within three errors of what all networks show on a fine grid,
// and that is six from what they show on their own.
func TestClimbTellsTheLimit(t *testing.T) {
	plan := wavy(1, 400, Fused)
	c := plan.Configurations[0]
	summary := func(points int) analysis.Summary {
		on := c
		on.Grid = schema.Grid{{From: -3, To: 3, Points: points}}
		rows := make([]schema.Row, c.Networks)
		NewWorker(Fused, "wavy", 7).Measure(rows, nil, &on, 0)
		table, err := analysis.Summarize(func(yield func([]schema.Row, error) bool) { yield(rows, nil) }, nil)
		if err != nil {
			t.Fatal(err)
		}
		return table.Groups[0]
	}
	own, fine := summary(40), summary(20001)
	climbed, err := NewLadder(c, 1024, c.Networks, 1e12).Climb(context.Background(), plan, &plan.Configurations[0], 2)
	if err != nil {
		t.Fatal(err)
	}
	got, want := own.EstimateFine(climbed.Counts)[0], fine.Statistics[0].Mean
	t.Logf("crossings: %.2f on 40 points, %.2f on 20,001, estimated %.2f ± %.2f", own.Statistics[0].Mean, want, got.Mean, got.StandardError)
	if math.Abs(got.Mean-want) > 3*got.StandardError || want-own.Statistics[0].Mean < 6*got.StandardError {
		t.Errorf("estimated %v, want %v", got, want)
	}
}

func TestRefineRefuses(t *testing.T) {
	plan := wavy(1, 3, Fused)
	plan.Numerics = "0-other"
	err := Refine(context.Background(), plan, nil, Refining{}, 1, nil)
	if !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("rows of other numerics: error %v, want ErrUnsupported", err)
	}
}
