package schema

import "testing"

// Compare looks at its criteria in order, and at numbers as numbers.
func TestCompare(t *testing.T) {
	base := Configuration{
		Case: "b", Inputs: 1, Outputs: 2, Hidden: []int{9, 9}, Activation: Tanh, OutputActivation: Tanh,
		Weights: Law{Distribution: Normal, Std: 2}, Biases: Law{Distribution: Normal, Std: 2},
		Grid: Grid{{From: -6, To: 6, Points: 100}}, Connectivity: 6,
	}
	// Each row is larger than base by its criterion and smaller by the next.
	for _, tt := range []struct {
		name   string
		change func(*Configuration)
	}{
		{"case", func(c *Configuration) { c.Case, c.Inputs = "c", 0 }},
		{"inputs", func(c *Configuration) { c.Inputs, c.Outputs = 2, 1 }},
		{"outputs", func(c *Configuration) { c.Outputs, c.Hidden = 10, nil }},
		{"depth", func(c *Configuration) { c.Hidden = []int{1, 1, 1} }},
		{"widths", func(c *Configuration) { c.Hidden, c.Activation = []int{9, 10}, Identity }},
		{"activation", func(c *Configuration) { c.Activation, c.OutputActivation = Erf, Identity }},
		{"output activation", func(c *Configuration) { c.OutputActivation, c.Weights.Std = ReLU, 1 }},
		{"weights' distribution", func(c *Configuration) { c.Weights = Law{Distribution: HeNormal, Gain: 1} }},
		{"weights' number", func(c *Configuration) { c.Weights.Std, c.Biases.Std = 10, 1 }},
		{"weights' scale", func(c *Configuration) { c.Weights.Scale, c.Biases.Std = FanIn, 1 }},
		{"biases", func(c *Configuration) { c.Biases.Std, c.Grid = 10, Grid{{From: -7, To: 6, Points: 100}} }},
		{"grid", func(c *Configuration) { c.Grid, c.Connectivity = Grid{{From: -6, To: 6, Points: 1000}}, 4 }},
		{"connectivity", func(c *Configuration) { c.Connectivity = 8 }},
	} {
		c := base
		tt.change(&c)
		if ab, ba := Compare(base, c), Compare(c, base); ab != -1 || ba != 1 {
			t.Errorf("%s: Compare = %d and %d, want -1 and 1", tt.name, ab, ba)
		}
	}
	same := base
	same.Networks, same.KeepFields = 3, 4
	if Compare(base, same) != 0 {
		t.Error("Compare looks at what is not part of a configuration's identity")
	}
}

func TestMemory(t *testing.T) {
	const points = 101 * 101
	square := Grid{{-6, 6, 101}, {-6, 6, 101}}
	for _, tt := range []struct {
		name string
		c    Configuration
		want int64
	}{
		{"line", Configuration{Inputs: 1, Outputs: 1, Hidden: []int{16}, Grid: square[:1]}, 4*49 + 512*16 + 101*(9+4+5)},
		{"outputs that are pre-activations", Configuration{Inputs: 1, Outputs: 1, Hidden: []int{16}, Grid: square[:1],
			OutputActivation: Identity}, 4*49 + 512*16 + 101*(5+4+5)},
		{"two classes in the plane", Configuration{Inputs: 2, Outputs: 1, Grid: square}, 4*3 + 512 + points*(9+8+5+6)},
		{"three classes in the plane", Configuration{Inputs: 2, Outputs: 3, Hidden: []int{16, 16}, Grid: square},
			4*371 + 512*16 + points*(3*9+8+5+27)},
		{"kept", Configuration{Inputs: 2, Outputs: 3, Hidden: []int{16, 16}, Grid: square, KeepFields: 7},
			4*371 + 512*16 + points*(3*9+8+5+27) + 4*3*points},
	} {
		if got, want := tt.c.Memory(), tt.want+2<<20; got != want {
			t.Errorf("%s: Memory = %d, want %d", tt.name, got, want)
		}
	}
	c := Configuration{Inputs: 1, Hidden: equalWidths(MaxDepth, MaxWidth), Outputs: 256, Grid: Grid{{-6, 6, 1<<31 - 1}}, KeepFields: 1e12}
	if got := c.Memory(); got < 4*1023<<32 || got >= 1<<46 {
		t.Errorf("Memory of the largest configuration = %d, want a little above %d", got, int64(4*1023<<32))
	}
}

func TestEditDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"tanh", "tanh", 0}, {"tahn", "tanh", 2}, {"kitten", "sitting", 3}, {"widht", "width", 2},
	} {
		if got := editDistance(tt.a, tt.b); got != tt.want {
			t.Errorf("editDistance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
		if got := editDistance(tt.b, tt.a); got != tt.want {
			t.Errorf("editDistance(%q, %q) = %d, want %d", tt.b, tt.a, got, tt.want)
		}
	}
}
