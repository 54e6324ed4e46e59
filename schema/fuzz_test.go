package schema

import (
	"errors"
	"math"
	"os"
	"slices"
	"testing"
)

// FuzzParseSweep looks for texts on which ParseSweep panics, accepts what is
// outside the format, or complains without saying where.
func FuzzParseSweep(f *testing.F) {
	for _, file := range []string{"testdata/design.yaml", "starter.yaml", "../sweeps/article.yaml", "../sweeps/depth-vs-width.yaml"} {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(withCase("inputs: [1, 2]", "depth: [1, 2]", "parameters: [10, 1000]", "weights: [he_normal, {distribution: uniform, low: [-1, 0], high: 1}]", "biases: none")))
	f.Add([]byte(withCase("inputs: 2", "hidden: [[], [3]]", "grid: {from: [0, 1], to: [2, 3e0], points: [4, 5]}")))
	f.Add([]byte("a: &a [*a, !!int 3, ? {b: 1} : 2]\n---\n<<: *a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := ParseSweep("fuzz.yaml", data, Limits{Memory: 1 << 30})
		if err == nil {
			checkConfigurations(t, s)
			checkCanonical(t, s)
			return
		}
		var es Errors
		if !errors.As(err, &es) || len(es) == 0 || s != nil {
			t.Fatalf("ParseSweep = %v, %v", s, err)
		}
		for i, e := range es {
			if e.Line < 1 || e.Column < 1 || e.Field == "" || e.Got == "" || e.Want == "" {
				t.Errorf("mistake without content: %#v", e)
			}
			if i > 0 && e.Line < es[i-1].Line {
				t.Errorf("mistakes out of order: %v, %v", es[i-1], e)
			}
		}
	})
}

// checkConfigurations checks that every configuration is within the format's
// bounds, and that they are in order and different.
func checkConfigurations(t fataler, s *Sweep) {
	all := s.Configurations()
	if len(all) == 0 || len(all) > maxConfigurations {
		t.Fatalf("%d configurations", len(all))
	}
	for i, c := range all {
		within := between(c.Inputs, 1, 2) && between(c.Outputs, 1, 256) && between(c.Depth(), 0, MaxDepth) &&
			slices.Contains(Activations(), c.Activation) && slices.Contains(Activations(), c.OutputActivation) &&
			c.Weights.Distribution != None && validLaw(c.Weights) && validLaw(c.Biases) && len(c.Grid) == c.Inputs &&
			between(c.Grid.Points(), 2, math.MaxInt32) && slices.Contains([]int{4, 6, 8}, c.Connectivity) &&
			c.Networks >= 1 && c.KeepFields >= 0 && c.KeepFields <= c.Networks && c.Memory() > 0
		for _, width := range c.Hidden {
			within = within && between(width, 1, MaxWidth)
		}
		for _, a := range c.Grid {
			within = within && a.From < a.To && a.At(0) < a.At(1) && a.At(a.Points-2) < a.At(a.Points-1)
		}
		if !within {
			t.Fatalf("configuration out of bounds: %+v", c)
		}
		if i > 0 && Compare(all[i-1], c) != -1 {
			t.Fatalf("configurations out of order: %+v, %+v", all[i-1], c)
		}
	}
}

func between(x, least, most int) bool { return x >= least && x <= most }

func validLaw(l Law) bool {
	finite := func(x float64) bool { return math.Abs(x) <= 1e30 }
	switch l.Distribution {
	case Uniform:
		return finite(l.Low) && finite(l.High) && l.Low < l.High && l.Std == 0 && l.Gain == 0
	case Normal:
		return finite(l.Std) && l.Std >= 0 && l.Low == 0 && l.High == 0 && l.Gain == 0
	case None:
		return l == Law{Distribution: None}
	}
	return slices.Contains(Distributions(), l.Distribution) && finite(l.Gain) && l == Law{Distribution: l.Distribution, Gain: l.Gain} && l.Gain > 0
}
