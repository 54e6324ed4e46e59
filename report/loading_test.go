package report

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"nodal/internal/python"
	"nodal/sampler"
	"nodal/schema"
)

// everyActivation has each activation on all layers and under an output of its own, with
// one input and two, and a network without hidden layers.
func everyActivation() string {
	var names []string
	for _, a := range schema.Activations() {
		names = append(names, string(a))
	}
	all := strings.Join(names, ", ")
	return `
version: 1
name: activations
seed: 11
networks: 3
grid: {from: -3, to: 3, points: 31}
cases:
  - {name: throughout, hidden: [[5, 4]], activation: [` + all + `]}
  - {name: own-output, inputs: 2, outputs: 3, hidden: [4], activation: [` + all + `], output_activation: elu, grid: {from: [-3, -1], to: [3, 1], points: [7, 5]}}
  - {name: none, outputs: 2, hidden: [], activation: sin, output_activation: logistic}
`
}

// The printed lines load the weights in NumPy and evaluate the network there, for every
// activation: the values are those of the file of values, and of the table.
func TestNumPyLines(t *testing.T) {
	interpreter := python.Interpreter(t, "networks evaluated in NumPy")
	dir := t.TempDir()
	plan := planOf(t, everyActivation())
	r, err := sampler.NewRedrawer(plan)
	if err != nil {
		t.Fatal(err)
	}
	for i := range plan.Configurations {
		c := &plan.Configurations[i]
		d := r.Draw(c, 1, c.Grid)
		base := filepath.Join(dir, fmt.Sprintf("%02d", i))
		write(t, base+"-weights.npz", func(w io.Writer) error { return WriteWeights(w, d) })
		write(t, base+"-values.npz", func(w io.Writer) error { return WriteValues(w, d) })
		write(t, base+"-values.csv", func(w io.Writer) error { return WriteTable(w, d) })
		lines := NumPyLines(c, base+"-weights.npz")
		most := 3
		if c.Activation != c.OutputActivation && c.Depth() > 0 {
			most = 4
		}
		if n := strings.Count(lines, "\n"); n != most {
			t.Errorf("%d lines, want %d:\n%s", n, most, lines)
		}
		write(t, base+".py", func(w io.Writer) error {
			_, err := io.WriteString(w, lines)
			return err
		})
	}
	out, err := exec.Command(interpreter, "testdata/evaluate.py", dir).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != fmt.Sprint(len(plan.Configurations)) {
		t.Errorf("%v, want %d networks checked:\n%s", err, len(plan.Configurations), out)
	}
}

func write(t *testing.T, path string, content func(io.Writer) error) {
	t.Helper()
	f, err := os.Create(path)
	if err == nil {
		err = content(f)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestTorchLines(t *testing.T) {
	plan := planOf(t, everyActivation())
	none := 0
	for i := range plan.Configurations {
		c := &plan.Configurations[i]
		lines := TorchLines(c, "a \"b\".npz")
		switch c.Activation {
		case schema.Erf, schema.Sin, schema.Gaussian, schema.Step:
			if c.Depth() > 0 {
				none++
				if lines != "" {
					t.Errorf("%s: %s", c.Activation, lines)
				}
				continue
			}
		}
		if strings.Count(lines, "\n") != 3 || strings.Count(lines, "nn.Linear") != c.Depth()+1 || !strings.Contains(lines, `np.load("a \"b\".npz")`) {
			t.Errorf("%s:\n%s", c.LayersText(), lines)
		}
	}
	if none != 8 {
		t.Errorf("%d networks without PyTorch modules, want 8", none)
	}
	want := `import numpy as np, torch; from torch import nn
net = nn.Sequential(nn.Linear(1, 5), nn.Tanh(), nn.Linear(5, 4), nn.Tanh(), nn.Linear(4, 1), nn.Tanh())
net.load_state_dict({name: torch.from_numpy(w) for name, w in np.load("w.npz").items()})
`
	for i := range plan.Configurations {
		if c := &plan.Configurations[i]; c.Case == "throughout" && c.Activation == schema.Tanh {
			if got := TorchLines(c, "w.npz"); got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		}
	}
}
