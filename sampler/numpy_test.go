package sampler

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"nodal/internal/python"
	"nodal/schema"
)

// numpyCase is a run of networks that testdata/networks.py computes again.
type numpyCase struct {
	Seed          int64                 `json:"seed"`
	First         int64                 `json:"first"`
	Configuration *schema.Configuration `json:"configuration"`
	Rows          []schema.Row          `json:"rows"`
}

// Everything between the sweep's seed and the row, computed a second time in
// float64 by NumPy and SciPy from the documentation alone.
func TestRowsAgainstNumPy(t *testing.T) {
	python := python.Interpreter(t, "rows against NumPy and SciPy")
	cases := numpyCases()
	for i := range cases {
		c := &cases[i]
		NewWorker(Fused, "numpy", c.Seed).Measure(c.Rows, nil, c.Configuration, c.First)
	}
	text, err := json.Marshal(map[string]any{"cases": cases})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "rows.json")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	output, err := exec.Command(python, "testdata/networks.py", path).CombinedOutput()
	if err != nil {
		t.Fatalf("%s testdata/networks.py: %v\n%s", python, err, output)
	}
	t.Logf("\n%s", output)
}

// numpyCases spans activations, laws, depths, outputs, connectivities, seeds and
// grids: in turn where not all of them can be crossed. The periods of the turns
// have few common factors.
func numpyCases() []numpyCase {
	const networks = 6
	var cases []numpyCase
	add := func(c *schema.Configuration) {
		n := len(cases)
		c.Case = fmt.Sprintf("%d: %s", n, caseName(c))
		cases = append(cases, numpyCase{
			Seed:          []int64{7, 0, math.MaxInt64, 1 << 33}[n%4],
			First:         []int64{0, 1<<32 - 3, 5<<32 + 100}[n%3], // the second crosses into the high word
			Configuration: c,
			Rows:          make([]schema.Row, networks),
		})
	}
	hidden := [][]int{{5}, {16, 16}, {9, 4, 7}, nil, {12}, {8, 8, 8}, {3, 10}}
	outputs := []int{1, 2, 1, 3, 5}
	weights, biases := numpyWeights(), numpyBiases()
	activations := schema.Activations()
	for n := range 2 * len(activations) {
		activation := activations[n%len(activations)]
		line := lineConfiguration(activation, hidden[n%len(hidden)], outputs[n%len(outputs)], 151+7*n)
		square := squareConfiguration(activation, hidden[(n+3)%len(hidden)], outputs[(n+1)%len(outputs)], 22+n%5, 31-n%7)
		for i, c := range []*schema.Configuration{line, square} {
			c.OutputActivation = activations[(n+n/len(activations)*(4+i))%len(activations)]
			c.Weights, c.Biases = weights[(n+i)%len(weights)], biases[(n+2*i)%len(biases)]
			c.Connectivity = []int{4, 6, 8}[n%3]
			add(c)
		}
	}
	// Strides of roughness, half way between whole numbers too, and the fewest
	// points.
	for _, points := range []int{2, 3, 4, 191, 193, 320, 321, 322, 1001} {
		add(lineConfiguration(schema.Tanh, []int{11, 9}, 1+points%3, points))
	}
	for _, points := range [][2]int{{2, 2}, {2, 3}, {3, 2}, {3, 5}, {321, 4}, {5, 193}} {
		add(squareConfiguration(schema.Sin, []int{16, 16}, 1+points[1]%3, points[0], points[1]))
	}
	// Many regions, and islands among them.
	for n, connectivity := range []int{4, 6, 8} {
		c := squareConfiguration(schema.Sin, []int{16, 16}, 1+n, 45, 40+n)
		c.Weights.Std, c.Connectivity = 6, connectivity
		add(c)
	}
	// Ties: all units off on part of the plane, and no bias.
	for outputs := 1; outputs <= 5; outputs++ {
		c := squareConfiguration(schema.ReLU, []int{3, 2}, outputs, 20, 27)
		c.Biases = schema.Law{Distribution: schema.None}
		add(c)
	}
	// Islands that no network so narrow has: one in fifty networks shows some on both
	// grids.
	narrow := squareConfiguration(schema.Step, []int{2}, 1, 31, 33)
	narrow.Weights = schema.Law{Distribution: schema.Uniform, Low: -40, High: 40}
	add(narrow)
	cases[len(cases)-1].Rows = make([]schema.Row, 300)
	// Overflow, of some networks.
	huge := lineConfiguration(schema.ReLU, []int{4, 4, 4}, 2, 11)
	huge.Weights = schema.Law{Distribution: schema.Normal, Std: 8e9}
	add(huge)
	return cases
}

func numpyWeights() []schema.Law {
	return []schema.Law{
		{Distribution: schema.Normal, Std: 2, Scale: schema.FanIn},
		{Distribution: schema.Uniform, Low: -1, High: 1},
		{Distribution: schema.HeNormal, Gain: 1.5},
		{Distribution: schema.XavierUniform, Gain: 2},
		{Distribution: schema.Uniform, Low: -1.3, High: 2.1, Scale: schema.FanIn},
		{Distribution: schema.LecunNormal, Gain: 1},
		{Distribution: schema.Normal, Std: 1.1},
		{Distribution: schema.XavierNormal, Gain: 2.2},
		{Distribution: schema.HeUniform, Gain: 1},
	}
}

func numpyBiases() []schema.Law {
	return append(numpyWeights(),
		schema.Law{Distribution: schema.None},
		schema.Law{Distribution: schema.Normal, Std: 0},
		schema.Law{Distribution: schema.Normal, Std: 0.3},
		schema.Law{Distribution: schema.Uniform, Low: 0.1, High: 0.2})
}
