package report

import (
	"fmt"
	"slices"
	"testing"

	"nodal/analysis"
	"nodal/dataset"
	"nodal/report/page"
	"nodal/sampler"
	"nodal/schema"
)

// The networks at the ends and quantiles of a column, each once with all its places.
func TestPlaces(t *testing.T) {
	for _, tt := range []struct {
		name   string
		values []float64 // of networks 0, 1, 2, …
		want   []place
	}{
		{"none", nil, nil},
		{"all alike", []float64{3, 3}, []place{{0, "minimum, median, 95 %, 99 %, 99.9 %, maximum: 3"}}},
		{"two", []float64{5, 2}, []place{{1, "minimum, median, 95 %, 99 %, 99.9 %: 2"}, {0, "maximum: 5"}}},
		{"a hundred and one", upTo(101), []place{{0, "minimum: 0"}, {50, "median: 50"}, {95, "95 %: 95"}, {99, "99 %, 99.9 %: 99"}, {100, "maximum: 100"}}},
	} {
		var r analysis.Ranks
		for network, v := range tt.values {
			r.Add(int64(network), v)
		}
		if got := places(&r); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func upTo(n int) []float64 {
	all := make([]float64, n)
	for i := range all {
		all[i] = float64(i)
	}
	return all
}

// The configurations that reach farthest, of every case one before another, and none
// whose networks are all alike.
func TestFarthest(t *testing.T) {
	var configurations []schema.Configuration
	add := func(name string, width int) {
		configurations = append(configurations, schema.Configuration{Case: name, Inputs: 1, Outputs: 1, Hidden: []int{width}})
	}
	for width := range 3 {
		add("steep", 1+width)
	}
	add("mild", 9)
	add("alike", 8)
	c := &collector{plan: &dataset.Plan{Configurations: configurations}, seen: newCensus(configurations, nil)}
	for i, most := range []float64{7, 9, 8, 2, 5} {
		ranks := c.seen.of(&configurations[i]).ranks["crossings"]
		if ranks.Add(0, most); configurations[i].Case != "alike" {
			ranks.Add(1, 0)
		}
	}
	var got []string
	for _, chosen := range c.farthest("crossings", 1) {
		got = append(got, fmt.Sprint(chosen.Case, chosen.Hidden))
	}
	if want := []string{"steep[2]", "mild[9]", "steep[3]"}; !slices.Equal(got, want) {
		t.Errorf("farthest %v, want %v", got, want)
	}
}

func TestScaled(t *testing.T) {
	grid := schema.Grid{{From: -6, To: 3, Points: 5}, {From: 1, To: 2, Points: 4}}
	want := schema.Grid{{From: -60, To: 30, Points: 5}, {From: 10, To: 20, Points: 4}}
	if got := scaled(slices.Clone(grid), 10); !slices.Equal(got, want) {
		t.Errorf("scaled = %v, want %v", got, want)
	}
}

// Islands are numbered from 1 in the order of their first points; what touches the
// border is none.
func TestIslands(t *testing.T) {
	d := &sampler.Drawing{Configuration: schema.Configuration{Inputs: 2, Outputs: 1, Connectivity: 4,
		Grid: schema.Grid{{From: 0, To: 1, Points: 4}, {From: 0, To: 1, Points: 7}}}}
	for _, c := range "" +
		"......." +
		".a...a." +
		".a.a.a." +
		"...a..." {
		d.Pre = append(d.Pre, map[rune]float32{'.': 1, 'a': -1}[c])
	}
	want := []int32{
		0, 0, 0, 0, 0, 0, 0,
		0, 1, 0, 0, 0, 2, 0,
		0, 1, 0, 0, 0, 2, 0,
		0, 0, 0, 0, 0, 0, 0}
	if got := islands(d); !slices.Equal(got, want) {
		t.Errorf("islands %v, want %v", got, want)
	}
}

// A landscape lies between the values that its activation has, or its own, and its
// colours change where the class does.
func TestLandscape(t *testing.T) {
	for _, tt := range []struct {
		output            schema.Activation
		values            []float32
		low, high, middle float64
	}{
		{schema.Tanh, []float32{-.5, .25, 0, .1}, -1, 1, 0},
		{schema.Logistic, []float32{.5, .25, .7, .1}, 0, 1, .5},
		{schema.Step, []float32{0, 1, 1, 0}, 0, 1, .5},
		{schema.Identity, []float32{-5, 2, 0, 1}, -5, 2, 0},
		{schema.ReLU, []float32{0, 2, 0, 1}, 0, 2, 0},
		{schema.Identity, []float32{0, 0, 0, 0}, -1, 1, 0},
	} {
		d := &sampler.Drawing{Configuration: schema.Configuration{Inputs: 2, Outputs: 1, OutputActivation: tt.output,
			Grid: schema.Grid{{From: -1, To: 1, Points: 2}, {From: 2, To: 3, Points: 2}}}, Pre: tt.values, Out: tt.values}
		f := landscape(d)
		if f.Low != tt.low || f.High != tt.high || f.Middle != tt.middle || f.From != [2]float64{-1, 2} || f.To != [2]float64{1, 3} || f.Rows != 2 || f.Columns != 2 {
			t.Errorf("%s: from %g over %g to %g, ends %v to %v", tt.output, f.Low, f.Middle, f.High, f.From, f.To)
		}
	}
	d := &sampler.Drawing{Configuration: schema.Configuration{Inputs: 2, Outputs: 2, OutputActivation: schema.Sin,
		Grid: schema.Grid{{From: 0, To: 1, Points: 2}, {From: 0, To: 1, Points: 2}}},
		Pre: []float32{1, 2, 3, 4, 4, 3, 2, 1}, Out: []float32{.1, .2, .3, .4, .5, .6, .7, .8}}
	if f := landscape(d); !slices.Equal(f.Values, []float32{.5, .6, .3, .4}) || len(f.Outputs) != 2 {
		t.Errorf("values %v, want those of the outputs whose pre-activations win", f.Values)
	}
}

// Every pre-activation below zero stays below it.
func TestScores(t *testing.T) {
	got := scores([]float32{0, 1e-9, -1e-9, 2, -2, 1})
	if want := []int16{0, 0, -1, 32767, -32767, 16384}; !slices.Equal(got, want) {
		t.Errorf("scores %v, want %v", got, want)
	}
	if got := scores([]float32{0, 0}); !slices.Equal(got, []int16{0, 0}) {
		t.Errorf("scores of nothing %v", got)
	}
}

// What a grid sees is counted: crossings with one input, regions with two.
func TestConvergenceCounts(t *testing.T) {
	plan := planOf(t, smallSweep)
	r, err := sampler.NewRedrawer(plan)
	if err != nil {
		t.Fatal(err)
	}
	different := 0
	for i := range plan.Configurations {
		c := &plan.Configurations[i]
		fine, _ := c.Grid.Doubled()
		counts := countsOn(r, c, 2, []schema.Grid{c.Grid, fine})
		for k, grid := range []schema.Grid{c.Grid, fine} {
			d := r.Draw(c, 2, grid)
			if !d.Finite() {
				if counts != nil {
					t.Errorf("%s: counts %v of a network that overflows", c.Case, counts)
				}
				break
			}
			want := d.Row.Crossings
			if c.Inputs == 2 {
				want = d.Row.Regions
			}
			if d.Row.Crossings != d.Row.Regions {
				different++
			}
			if counts[k] != float64(want) {
				t.Errorf("%s on %v: %g, want %d", c.Case, grid, counts[k], want)
			}
		}
	}
	if different == 0 {
		t.Error("regions and crossings never differ")
	}
}

// Files are named after what their configurations differ in.
func TestFileNames(t *testing.T) {
	plan := planOf(t, `
version: 1
name: names
seed: 1
networks: 5
grid: {from: -1, to: 1, points: 11}
cases:
  - {name: one, hidden: [3]}
  - {name: activations, hidden: [4], activation: [tanh, relu]}
  - {name: outputs, hidden: [5], activation: tanh, output_activation: [tanh, sin]}
  - {name: laws, hidden: [6], activation: [tanh, relu], weights: {distribution: normal, std: [1, 2]}}
`)
	seen := map[string]bool{}
	for id, name := range fileNames(plan.Configurations) {
		if seen[name] {
			t.Errorf("two configurations are called %s", name)
		}
		seen[name] = true
		if name == "laws-1-6-1-tanh-"+id[:8] {
			seen["a law"] = true
		}
	}
	for _, want := range []string{"one-1-3-1", "activations-1-4-1-tanh", "activations-1-4-1-relu", "outputs-1-5-1-sin", "a law"} {
		if !seen[want] {
			t.Errorf("no %s among %v", want, seen)
		}
	}
}

// A network whose values overflow between the points that were measured has no picture,
// and the page is written without it.
func TestOverflowBetweenGridPoints(t *testing.T) {
	sweep := `
version: 1
name: between
seed: 3
networks: 300
grid: {from: -6, to: 6, points: 2}
cases:
  - {name: between, hidden: [4, 4], activation: relu, output_activation: identity, weights: {distribution: normal, std: 7.5e+12}, biases: {distribution: normal, std: 2.25e+13}}
`
	r, _ := datasetOf(t, sweep)
	redrawer, err := sampler.NewRedrawer(r.Plan())
	if err != nil {
		t.Fatal(err)
	}
	between := 0
	for i := range r.Plan().Configurations {
		c := &r.Plan().Configurations[i]
		for network := range c.Networks {
			if redrawer.Draw(c, network, c.Grid).Finite() && !redrawer.Draw(c, network, fine.grid(c.Grid)).Finite() {
				between++
			}
		}
	}
	if between == 0 {
		t.Fatal("no network overflows between its points")
	}
	for _, line := range collected(t, r).Configurations {
		if slices.ContainsFunc(line.Gallery, func(p page.Picture) bool { return len(p.Axes) == 0 }) {
			t.Errorf("%s: a picture without axes", line.ID)
		}
	}
}
