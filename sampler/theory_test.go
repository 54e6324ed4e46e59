package sampler

import (
	"fmt"
	"math"
	"os"
	"testing"

	"nodal/analysis/theory"
	"nodal/schema"
)

// known is a configuration and what wide networks of it have on average.
type known struct {
	name   string
	c      schema.Configuration
	column string
	want   float64 // to the digits given
}

// knownValues returns configurations whose hidden layers have the given width.
func knownValues(width int) []known {
	normal := func(variance float64, scale schema.Scale) schema.Law {
		return schema.Law{Distribution: schema.Normal, Std: math.Sqrt(variance), Scale: scale}
	}
	line := func(a schema.Activation, depth int, to, weights, biases float64, outputs int) schema.Configuration {
		hidden := make([]int, depth)
		for l := range hidden {
			hidden[l] = width
		}
		return schema.Configuration{Inputs: 1, Outputs: outputs, Hidden: hidden, Activation: a, OutputActivation: schema.Identity,
			Weights: normal(weights, schema.FanIn), Biases: normal(biases, schema.Unscaled),
			Grid: schema.Grid{{From: -to, To: to, Points: 1001}}, Connectivity: 6}
	}
	plane := line(schema.Tanh, 1, 1, 4, .05, 1)
	plane.Inputs, plane.Grid = 2, schema.Grid{{From: -1, To: 1, Points: 65}, {From: -1, To: 1, Points: 65}}
	bent := line(schema.ReLU, 3, 1, 2, 1, 1)
	bent.Hidden, bent.Columns = []int{100, 100, 100}, schema.OptionalColumns()
	return []known{
		{"erf", line(schema.Erf, 1, 5, 4, .05, 1), "crossings", 1.2399},
		{"erf, three layers", line(schema.Erf, 3, 5, 4, .05, 1), "crossings", 1.6369},
		{"erf, largest of 3", line(schema.Erf, 1, 5, 4, .05, 3), "crossings", 1.5 * 1.2399},
		{"erf, largest of 10", line(schema.Erf, 1, 5, 4, .05, 10), "crossings", 2.72737 * 1.2399},
		{"ReLU", line(schema.ReLU, 1, 1, 2, 1, 1), "crossings", .5},
		{"ReLU, three layers", line(schema.ReLU, 3, 1, 2, 1, 1), "crossings", .3918},
		{"tanh, length", plane, "boundary_length", 2.371},
		{"tanh, border", plane, "border_changes", 2.359},
		{"ReLU, first layer", bent, "breakpoints_first", 100 * 2 / math.Pi * math.Atan(math.Sqrt2)}, // |b| < |w|
	}
}

// TestKnownValues holds measured means against what is known of wide networks,
// within 4 standard errors: 1,500 networks of width 128, or 20,000 of width 512 with
// NODAL_LONG.
func TestKnownValues(t *testing.T) {
	networks, width := 1500, 128
	if testing.Short() {
		networks = 300
	}
	if os.Getenv("NODAL_LONG") != "" {
		networks, width = 20_000, 512
	}
	for _, tt := range knownValues(width) {
		t.Run(tt.name, func(t *testing.T) {
			rows := make([]schema.Row, networks)
			NewWorker(Fused, "known", 20181).Measure(rows, nil, &tt.c, 0)
			lines, err := theory.Agreement([]schema.Configuration{tt.c}, func(yield func([]schema.Row, error) bool) { yield(rows, nil) })
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range lines {
				if l.Column != tt.column {
					continue
				}
				if text := fmt.Sprintf("%.3g", l.Limit.Value/tt.want); text != "1" {
					t.Errorf("theory gives %v, want %v", l.Limit.Value, tt.want)
				}
				if z := (l.Mean - tt.want) / l.StandardError; math.Abs(z) > 4 {
					t.Errorf("mean %.4f ± %.4f, want %.4f: %+.1f standard errors", l.Mean, l.StandardError, tt.want, z)
				}
				t.Logf("mean %.4f ± %.4f, known %.4f, on this grid %v", l.Mean, l.StandardError, tt.want, l.Grid)
				return
			}
			t.Fatalf("no column %s", tt.column)
		})
	}
}
