package sampler

import (
	"context"
	"math"
	"reflect"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/schema"
)

// steepSine is a plan of networks b₂ + w₂·sin(w₁·x + b₁), whose zeros are known, of
// some forty on [-3, 3], on 41 points.
func steepSine(networks int64) *dataset.Plan {
	c := schema.Configuration{
		Case: "sine", Inputs: 1, Outputs: 1, Hidden: []int{1}, Activation: schema.Sin, OutputActivation: schema.Identity,
		Weights: schema.Law{Distribution: schema.Uniform, Low: 10, High: 30}, Biases: schema.Law{Distribution: schema.Normal, Std: 12},
		Grid: schema.Grid{{From: -3, To: 3, Points: 41}}, Connectivity: 6, Networks: networks,
	}
	return dataset.NewPlan("sine", 7, nil, []schema.Configuration{c}, Fused.Numerics())
}

// sineZeros returns the number of zeros on [-3, 3] of the network that e holds at
// place b: sin θ = s at θ = arcsin s + 2πk and π - arcsin s + 2πk.
func sineZeros(e *Ensemble, b int) int64 {
	w1, b1 := e.layer(b, 0)
	w2, b2 := e.layer(b, 1)
	s := -float64(b2[0]) / float64(w2[0])
	if math.Abs(s) > 1 {
		return 0
	}
	low, high := -3*float64(w1[0])+float64(b1[0]), 3*float64(w1[0])+float64(b1[0])
	count := func(theta float64) int64 {
		return int64(math.Floor((high-theta)/(2*math.Pi)) - math.Floor((low-theta)/(2*math.Pi)))
	}
	return count(math.Asin(s)) + count(math.Pi-math.Asin(s))
}

// Refined counts are the true numbers of zeros, but for the few networks that touch
// zero between the points of two grids in a row; those of the own grid are not.
func TestRefineFindsEveryZero(t *testing.T) {
	const networks = 500
	plan := steepSine(networks)
	c := &plan.Configurations[0]
	var e Ensemble
	e.reset(c, plan.Seed, networks)
	e.Draw(0, networks)
	var all []Network
	for i := range int64(networks) {
		all = append(all, Network{c, i})
	}
	refining := Refining{Limit: dataset.DefaultRefineLimit, Agreements: refineAgreements}
	var rows []schema.Refined
	coarse, missed := 0, 0
	err := Refine(context.Background(), plan, all, refining, 2, func(r *Refinement) error {
		rows = append(rows, r.Row())
		zeros := sineZeros(&e, int(r.Index))
		if r.Coarse.Crossings != zeros {
			coarse++
		}
		if !r.Settled {
			t.Errorf("network %d: not settled after %d doublings", r.Index, r.Doublings)
		}
		for back := range min(r.Doublings, refineAgreements) { // the grids in a row that resolve it
			on := *c
			for range r.Doublings - back {
				on.Grid, _ = on.Grid.Doubled()
			}
			row := make([]schema.Row, 1)
			if NewWorker(Fused, plan.Sweep, plan.Seed).Measure(row, nil, &on, r.Index); !row[0].Resolved {
				t.Errorf("network %d: not resolved %d grids before the last", r.Index, back)
			}
		}
		if r.Fine.Crossings > zeros {
			t.Errorf("network %d: %d crossings, it has %d zeros", r.Index, r.Fine.Crossings, zeros)
		}
		if r.Fine.Crossings < zeros {
			missed++
		}
		return rows[len(rows)-1].Check(c)
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d networks miss zeros on their own grid, %d on the last", coarse, networks, missed)
	if coarse < networks/2 || missed > networks/50 {
		t.Errorf("%d networks miss zeros on their own grid, %d on the last: want at least half and at most 2 %%", coarse, missed)
	}
	var again []schema.Refined
	err = Refine(context.Background(), plan, all, refining, 5, func(r *Refinement) error { again = append(again, r.Row()); return nil })
	if err != nil || !reflect.DeepEqual(rows, again) {
		t.Errorf("five workers make something else of it (error %v)", err)
	}
}

// A network stays unresolved at the limit, and a network that has islands where none
// can be until they are gone.
func TestRefineEnds(t *testing.T) {
	plan := steepSine(50)
	c := &plan.Configurations[0]
	limit := dataset.RefineLimit{Line: 100, Plane: 5}
	err := Refine(context.Background(), plan, []Network{{c, 1}, {c, 3}}, Refining{Limit: limit, Agreements: 9}, 1, func(r *Refinement) error {
		if r.Settled || r.Doublings != 1 || r.Fine.Resolution != 81 {
			t.Errorf("network %d: settled %t, %d doublings, %d points, want one doubling to 81", r.Index, r.Settled, r.Doublings, r.Fine.Resolution)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	steep := schema.Law{Distribution: schema.Uniform, Low: -40, High: 40}
	narrow := schema.Configuration{
		Case: "steep", Inputs: 2, Outputs: 1, Hidden: []int{2}, Activation: schema.Step, OutputActivation: schema.Identity,
		Weights: steep, Biases: steep, Grid: schema.Grid{{From: -6, To: 6, Points: 31}, {From: -6, To: 6, Points: 31}}, Connectivity: 6, Networks: 400,
	}
	plan = dataset.NewPlan("steep", 7, nil, []schema.Configuration{narrow}, Fused.Numerics())
	c = &plan.Configurations[0]
	var all []Network
	for i := range c.Networks {
		all = append(all, Network{c, i})
	}
	islands := 0
	err = Refine(context.Background(), plan, all, Refining{Limit: dataset.RefineLimit{Plane: 500}, Agreements: refineAgreements}, 2, func(r *Refinement) error {
		if r.Coarse.Islands > 0 {
			islands++
		}
		if r.Settled && r.Fine.Islands > 0 {
			t.Errorf("network %d is settled with %d islands", r.Index, r.Fine.Islands)
		}
		return nil
	})
	if err != nil || islands == 0 {
		t.Errorf("%d networks with islands, error %v", islands, err)
	}
}

// A panic while a network is refined is an error that names it, and the end.
func TestRefinePanics(t *testing.T) {
	plan := steepSine(50)
	broken := plan.Configurations[0]
	broken.Connectivity = 5
	err := Refine(context.Background(), plan, []Network{{&plan.Configurations[0], 1}, {&broken, 3}}, Refining{Limit: dataset.DefaultRefineLimit, Agreements: 1}, 2,
		func(*Refinement) error { return nil })
	wantErrorPrefix(t, err, "panic at refining network 3 of layers=1-1-1")
}

func wantErrorPrefix(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("error %v, want %s…", err, want)
	}
}
