package sampler

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"nodal/analysis"
	"nodal/schema"
)

// lawfulConfigurations spans what a row's laws depend on: activations, one and two
// inputs, odd, even and smallest grids, outputs, connectivity, and weights from
// those that make constants to those that overflow.
func lawfulConfigurations() []*schema.Configuration {
	normal := func(std float64) schema.Law { return schema.Law{Distribution: schema.Normal, Std: std} }
	none := schema.Law{Distribution: schema.None}
	grids := []schema.Grid{
		{{From: -3, To: 3, Points: 2}}, {{From: -6, To: 6, Points: 100}}, {{From: -3, To: 3, Points: 301}},
		{{From: 1e6, To: 1e6 + 1, Points: 17}}, {{From: -1e-40, To: 1e-40, Points: 33}}, {{From: -3e38, To: 3e38, Points: 65}},
		{{From: -3, To: 3, Points: 17}, {From: -1, To: 2, Points: 16}}, {{From: -1, To: 1, Points: 2}, {From: 0, To: 1, Points: 3}},
		{{From: 0, To: 1e-3, Points: 12}, {From: -1e3, To: 1e3, Points: 13}}, {{From: -6, To: 6, Points: 65}, {From: -6, To: 6, Points: 5}},
	}
	var all []*schema.Configuration
	for i, activation := range schema.Activations() {
		for j, grid := range grids {
			for k, law := range []struct{ weights, biases schema.Law }{
				{normal(1), normal(1)}, {normal(8), normal(2)}, {normal(2), none}, {normal(1e-42), normal(1e-30)}, {normal(1e15), normal(1)},
			} {
				n := i + j + k
				c := &schema.Configuration{
					Case: "lawful", Inputs: len(grid), Outputs: []int{1, 1, 2, 3, 1, 7}[n%6], Hidden: [][]int{{8}, {6, 5}, {}, {4, 4, 4}}[n%4],
					Activation: activation, OutputActivation: activation, Weights: law.weights, Biases: law.biases,
					Grid: grid, Connectivity: []int{6, 4, 6, 8, 6}[n%5], Networks: 1000,
				}
				if n%3 == 0 {
					c.OutputActivation = schema.Identity
				}
				all = append(all, c)
			}
		}
	}
	return all
}

// Every row that is really drawn obeys its laws, on both engines.
// NODAL_LONG draws 1,000 networks of every configuration.
func TestRowsObeyTheirLaws(t *testing.T) {
	networks := 6
	if os.Getenv("NODAL_LONG") != "" {
		networks = 1000
	}
	seen := map[string]int{} // what the configurations ought to bring about
	for n, c := range lawfulConfigurations() {
		engine := []Engine{Fused, BLAS}[n%2]
		laws := schema.NewLaws(*c, "test", 7)
		rows := make([]schema.Row, networks)
		NewWorker(engine, "test", 7).Measure(rows, nil, c, 0)
		for i := range rows {
			r := &rows[i]
			if err := laws.Check(r); err != nil {
				t.Fatalf("%s, %s, network %d: %v\n%+v", engine, c.Canonical(), i, err, *r)
			}
			seen[r.Status]++
			seen[fmt.Sprintf("%d inputs, %d classes", r.Inputs, min(r.Classes, 3))]++
			if r.Islands > 0 {
				seen[fmt.Sprintf("%d inputs, islands at %d", r.Inputs, r.Connectivity)]++
			}
			if r.Zeros > 0 && r.Classes > 1 {
				seen["ties"]++
			}
			if r.Status == schema.StatusOK && r.ValueMin == r.ValueMax {
				seen["constant"]++
			}
		}
	}
	t.Log(seen)
	for _, want := range []string{schema.StatusOK, schema.StatusNonfinite, "1 inputs, 1 classes", "1 inputs, 2 classes", "1 inputs, 3 classes",
		"2 inputs, 1 classes", "2 inputs, 2 classes", "2 inputs, 3 classes", "1 inputs, islands at 6", "2 inputs, islands at 4",
		"2 inputs, islands at 6", "2 inputs, islands at 8", "ties", "constant"} {
		if seen[want] == 0 {
			t.Errorf("no network with %s: it tests less than it seems to", want)
		}
	}
}

// The rows of the sweeps that come with nodal obey their laws: some of every
// configuration, and all of them where NODAL_LONG is set.
func TestShippedRowsObeyTheirLaws(t *testing.T) {
	for _, name := range []string{"article", "depth-vs-width", "normalised-inputs"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := schema.ReadSweep("../sweeps/"+name+".yaml", schema.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			w, checked := NewWorker(Fused, s.Name, s.Seed), 0
			for _, c := range s.Configurations() {
				laws := schema.NewLaws(c, s.Name, s.Seed)
				rows := make([]schema.Row, 20)
				left := int64(len(rows))
				if os.Getenv("NODAL_LONG") != "" {
					left = c.Networks
				}
				for first := int64(0); left > 0; first, left = first+int64(len(rows)), left-int64(len(rows)) {
					rows = rows[:min(left, int64(len(rows)))]
					w.Measure(rows, nil, &c, first)
					for i := range rows {
						if err := laws.Check(&rows[i]); err != nil {
							t.Fatalf("%s, network %d: %v\n%+v", c.Canonical(), rows[i].Network, err, rows[i])
						}
					}
					checked += len(rows)
				}
			}
			t.Log(checked, "rows")
		})
	}
}

// So does whatever else can be measured: noise, ties, and the largest and the
// least float32, which networks hardly make. The values are the pre-activations.
func TestFieldsObeyTheirLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 9))
	kinds := []func() float32{
		func() float32 { return float32(r.NormFloat64()) },
		func() float32 { return float32(r.IntN(5) - 2) },
		func() float32 { return float32(r.IntN(2)) - .5 },
		func() float32 { return []float32{math.MaxFloat32, -math.MaxFloat32, 0, 1}[r.IntN(4)] },
		func() float32 {
			return []float32{math.SmallestNonzeroFloat32, -math.SmallestNonzeroFloat32, 0}[r.IntN(3)]
		},
		func() float32 { return float32(math.Ldexp(r.NormFloat64(), r.IntN(240)-120)) },
		func() float32 { return 1e7 + float32(r.IntN(3)) },
	}
	rounds := 10
	if os.Getenv("NODAL_LONG") != "" {
		rounds = 2000
	}
	for n := range rounds * 100 {
		c := lineConfiguration(schema.Tanh, []int{3}, 1, 2)
		c.OutputActivation, c.Outputs, c.Connectivity = schema.Identity, 1+r.IntN(4), 4+2*r.IntN(3)
		c.Grid = schema.Grid{{From: -3, To: 3, Points: 2 + r.IntN(70)}}
		if c.Inputs = 1 + r.IntN(2); c.Inputs == 2 {
			c.Grid = append(c.Grid, schema.Axis{From: 0, To: 1e-3, Points: 2 + r.IntN(12)})
		}
		pre := make([]float32, c.Outputs*c.Grid.Points())
		draw := kinds[n%len(kinds)]
		for p := range pre {
			if pre[p] = draw(); p > 0 && n%3 == 0 && r.IntN(3) > 0 { // longer stretches
				pre[p] = pre[p-1]
			}
		}
		row := c.Describe("test", 7)
		analysis.NewMeasurer(c.Grid, c.Outputs, c.Connectivity).Measure(&row, pre, pre)
		if err := schema.NewLaws(*c, "test", 7).Check(&row); err != nil {
			t.Fatalf("%s, field %v: %v\n%+v", c.Canonical(), pre, err, row)
		}
	}
}

// Some columns are bound by the others to the last bit, in every row of two
// classes or more; of the rest only the sign, the kind of number or a range is.
func TestLawsCatchEveryBit(t *testing.T) {
	bound := map[int]string{ // by inputs
		1: "status classes class_fraction crossings crossings_half regions_half resolved border_changes regions islands class_regions class_islands boundary_length",
		2: "status classes class_fraction resolved regions islands class_regions class_islands",
	}
	changed := map[string]int{}
	for n, c := range lawfulConfigurations() {
		if n%3 > 0 { // a third of them has every kind
			continue
		}
		row := measure(c, 1)[0]
		laws := schema.NewLaws(*c, row.Sweep, row.Seed)
		names := bound[c.Inputs]
		if c.Inputs == 2 && c.Connectivity == 6 && row.Classes == 2 {
			names += " border_changes"
		}
		if row.Classes < 2 {
			continue
		}
		for i, name := range schema.Columns() {
			if !slices.Contains(strings.Fields(names), name) {
				continue
			}
			for _, change := range changes(reflect.ValueOf(&row).Elem().Field(i)) {
				other := row
				reflect.ValueOf(&other).Elem().Field(i).Set(change)
				if laws.Check(&other) == nil {
					t.Fatalf("%s, %s: %v obeys the laws; the row is %+v", c.Canonical(), name, change, row)
				}
				changed[name]++
			}
		}
	}
	if len(changed) != 13 || changed["regions"] < 5_000 {
		t.Errorf("changed: %v", changed)
	}
}
