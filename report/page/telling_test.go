package page

import (
	"slices"
	"testing"
)

func TestTellings(t *testing.T) {
	of := func(layers, weights, biases, grid string) Configuration {
		return Configuration{Case: "shapes", Layers: layers, Activation: "tanh", Weights: weights, Biases: biases, Grid: grid}
	}
	got := tellings([]Configuration{
		of("1-8-1", "a", "b", "g"),
		of("1-9-1", "a", "b", "g"), of("1-9-1", "c", "b", "g"),
		of("1-7-1", "a", "b", "g"), of("1-7-1", "c", "d", "h"),
	})
	if want := []string{"", "a", "c", "a, b, g", "c, d, h"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
