package main

import (
	"bytes"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"nodal/analysis/compare"
	"nodal/internal/python"
)

// compareSweep has every kind of comparison with blocks of one network and of two,
// one and two inputs, networks that overflow in part or all of them, too few
// networks for an interval, and constant measures.
const compareSweep = `version: 1
name: compare
seed: 4
networks: 700
grid: {from: -6, to: 6, points: 33}
cases:
  - name: curves
    hidden: [[], [20], [100], [11, 9], [15, 15]]
    activation: [identity, tanh, relu]
    output_activation: identity
  - name: overflow
    hidden: [[4], [2, 2]]
    activation: [tanh, relu]
    output_activation: identity
    weights: {distribution: normal, std: [1.0e13, 1.0e18]}
    networks: 90
  - name: few
    networks: 12
    depth: [1, 2]
    units: 8
    weights: {distribution: normal, std: 3}
  - name: planes
    inputs: 2
    networks: 40
    depth: [1, 2, 3]
    units: 24
`

// compareRun draws compareSweep and returns where its rows are.
func compareRun(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	sweep, out := filepath.Join(folder, "sweep.yaml"), filepath.Join(folder, "out")
	if err := os.WriteFile(sweep, []byte(compareSweep), 0o666); err != nil {
		t.Fatal(err)
	}
	commandOutput(t, "run", sweep, "--out", out, "--progress", "none")
	return out
}

// commandOutput runs a command in this process and returns what it writes to its
// standard output.
func commandOutput(t *testing.T, args ...string) string {
	t.Helper()
	var output bytes.Buffer
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(&output)
	root.SetErr(new(bytes.Buffer))
	if err := root.Execute(); err != nil {
		t.Fatalf("nodal %s: %v", strings.Join(args, " "), err)
	}
	return output.String()
}

// Every number of every comparison, from the Parquet files, by pandas and NumPy.
func TestCompareAgainstPandas(t *testing.T) {
	python := python.Interpreter(t, "comparisons against pandas and NumPy")
	out := compareRun(t)
	for _, seed := range []string{"1", "9223372036854775807"} {
		path := filepath.Join(t.TempDir(), "comparisons.json")
		comparisons := commandOutput(t, "compare", out, "--format", "json", "--resamples", "500", "--seed", seed)
		if err := os.WriteFile(path, []byte(comparisons), 0o666); err != nil {
			t.Fatal(err)
		}
		output, err := exec.Command(python, "testdata/compare.py", out, path).CombinedOutput()
		t.Logf("\n%s", output)
		if err != nil {
			t.Errorf("compare.py: %v", err)
		}
	}
}

// A chart puts numbers where they are on its axis.
func TestChart(t *testing.T) {
	nan := math.NaN()
	wide := []compare.Estimate{{Value: 1, Low: 0, High: 10}}
	for _, tt := range []struct {
		name string
		axis []compare.Estimate
		log  bool
		e    compare.Estimate
		mark float64
		want string
	}{
		{"interval", wide, false, compare.Estimate{Value: 5, Low: 2, High: 8}, nan, "  ├──●──┤  "},
		{"ends", wide, false, compare.Estimate{Value: 5, Low: 0, High: 10}, nan, "├────●────┤"},
		{"narrow", wide, false, compare.Estimate{Value: 5, Low: 4.9, High: 5.1}, nan, "     ●     "},
		{"mark", wide, false, compare.Estimate{Value: 5, Low: 4, High: 6}, 2, "  ┊ ├●┤    "},
		{"mark below the bar", wide, false, compare.Estimate{Value: 5, Low: 3, High: 7}, 4, "   ├─●─┤   "},
		{"no interval", wide, false, compare.Estimate{Value: 3, Low: nan, High: nan}, nan, "   ●       "},
		{"nothing", wide, false, compare.Estimate{Value: nan, Low: nan, High: nan}, nan, "           "},
		{"one number", []compare.Estimate{{Value: 7, Low: 7, High: 7}}, false, compare.Estimate{Value: 7, Low: 7, High: 7}, nan, "     ●     "},
		{"logarithms", []compare.Estimate{{Value: 1, Low: .001, High: 1000}}, true, compare.Estimate{Value: 1, Low: .1, High: 10}, nan, "   ├─●─┤   "},
		{"zero on a logarithmic axis", []compare.Estimate{{Value: 1, Low: .01, High: 1}, {}}, true, compare.Estimate{}, nan, "●          "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, ok := newAxis(tt.axis, 11, tt.log)
			if got := a.draw(tt.e, tt.mark); !ok || got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
	if _, ok := newAxis([]compare.Estimate{{Value: nan, Low: nan, High: nan}}, 11, false); ok {
		t.Error("an axis without numbers")
	}
}

// No line of text is longer than 80 columns, whatever the numbers.
func TestCompareFits(t *testing.T) {
	out := compareRun(t)
	text := commandOutput(t, "compare", out, "--resamples", "200")
	for line := range strings.Lines(text) {
		if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > plainWidth {
			t.Errorf("%d columns, want at most %d:\n%s", n, plainWidth, line)
		}
	}
}
