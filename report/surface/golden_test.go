package surface

import (
	"fmt"
	"image"
	"testing"

	"nodal/report/chart"
	"nodal/report/internal/golden"
	"nodal/report/palette"
	"nodal/sampler"
	"nodal/schema"
)

// network returns the outputs [C][101·101] of a network of the article's kind.
func network(hidden []int, activation, output schema.Activation, outputs int, index int64) [][]float32 {
	law := schema.Law{Distribution: schema.Uniform, Low: -1, High: 1}
	axis := schema.Axis{From: -6, To: 6, Points: 101}
	c := schema.Configuration{
		Case: "x", Inputs: 2, Outputs: outputs, Hidden: hidden, Activation: activation, OutputActivation: output,
		Weights: law, Biases: law, Grid: schema.Grid{axis, axis}, Connectivity: 6, Networks: 1000, KeepFields: 1000,
	}
	var values [][]float32
	for _, f := range sampler.NewWorker(sampler.Fused, "x", 7).Measure(make([]schema.Row, 1), nil, &c, index) {
		values = append(values, f.Values)
	}
	return values
}

func networkField(values []float32, low, high float64) *Field {
	return &Field{
		Rows: 101, Columns: 101, From: [2]float64{-6, -6}, To: [2]float64{6, 6},
		Values: values, Low: low, High: high,
	}
}

// envelope returns the largest of several outputs at each point.
func envelope(outputs [][]float32) []float32 {
	largest := append([]float32(nil), outputs[0]...)
	for _, output := range outputs[1:] {
		for i, x := range output {
			largest[i] = max(largest[i], x)
		}
	}
	return largest
}

func TestPicturesLookAsBefore(t *testing.T) {
	light := DefaultStyle()
	light.Theme, light.Palette = palette.Light, palette.Safe
	three := network([]int{16, 16}, schema.Tanh, schema.Tanh, 3, 2)
	classes := networkField(envelope(three), -1, 1)
	classes.Outputs = three
	for _, tt := range []struct {
		name  string
		field *Field
		style Style
	}{
		{"smooth", networkField(network([]int{16, 16}, schema.Tanh, schema.Tanh, 1, 2)[0], -1, 1), DefaultStyle()},
		{"kinked", networkField(network([]int{16, 16}, schema.ReLU, schema.Identity, 1, 1)[0], -14, 8), light},
		{"classes", classes, DefaultStyle()},
	} {
		for _, size := range []image.Point{{240, 180}, {640, 480}, {1280, 960}} {
			t.Run(fmt.Sprintf("%s/%d", tt.name, size.X), func(t *testing.T) {
				golden.Check(t, fmt.Sprintf("%s-%d", tt.name, size.X), Render(tt.field, tt.style, size.X, size.Y))
			})
		}
	}
}

func TestFiguresLookAsBefore(t *testing.T) {
	f := Figure{
		Field: *networkField(network([]int{16, 16}, schema.Logistic, schema.Logistic, 1, 6)[0], 0, 1),
		Style: DefaultStyle(), Title: "Logistic units", Subtitle: "2-16-16-1 · weights and biases uniform in [−1, 1]",
		Note: "network 6 of 1,000",
	}
	f.Middle = 0.5
	golden.Check(t, "figure", chart.Raster(f, 640, 480, 1))
}
