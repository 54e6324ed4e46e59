package sampler

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"nodal/schema"
)

// skipCases are networks with layers that skip units, on grids of which patches
// do and do not cover all.
func skipCases() []*schema.Configuration {
	var cases []*schema.Configuration
	for _, activation := range []schema.Activation{schema.ReLU, schema.Step} {
		cases = append(cases,
			lineConfiguration(activation, []int{11, 9}, 1, 1001),
			lineConfiguration(activation, []int{64, 64, 64}, 1, 301),
			squareConfiguration(activation, []int{64, 64}, 3, 32, 48),
			squareConfiguration(activation, []int{17, 33, 8, 40}, 9, 37, 29),
			squareConfiguration(activation, []int{130, 100}, 10, 13, 70))
	}
	return cases
}

// fields returns the pre-activations of the first networks of e, with or without
// skipping.
func fields(c *schema.Configuration, e *Ensemble, count int, skip bool) []float32 {
	f := newFusedEvaluator(c, nil)
	if !skip {
		clear(f.skip.pays)
	}
	pre := make([]float32, count*c.Outputs*c.Grid.Points())
	f.evaluate(pre, e, 0, count)
	return pre
}

func sameValue(a, b float32) bool {
	return math.Float32bits(a) == math.Float32bits(b) || a != a && b != b
}

func TestSkippingKeepsTheBits(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		for _, c := range skipCases() {
			t.Run(caseName(c), func(t *testing.T) {
				const count = 4
				if f := newFusedEvaluator(c, nil); !slices.Contains(f.skip.pays, true) {
					t.Fatal("nothing is skipped here")
				}
				e := NewEnsemble(c, 7, count)
				e.Draw(0, count)
				if !slices.EqualFunc(fields(c, e, count, true), fields(c, e, count, false), sameValue) {
					t.Error("fields differ")
				}
			})
		}
	})
}

// An infinite weight makes NaN of a unit that is off, which must not be skipped;
// the network after it skips again.
func TestInfiniteWeightsAreNotSkipped(t *testing.T) {
	for _, c := range skipCases() {
		for l := 1; l <= c.Depth(); l++ {
			t.Run(fmt.Sprintf("%s/layer=%d", caseName(c), l), func(t *testing.T) {
				const count = 3
				e := NewEnsemble(c, 7, count)
				e.Draw(0, count)
				w, _ := e.layer(1, l)
				for i := range w {
					w[i] = float32(math.Inf(1))
				}
				want := fields(c, e, count, false)
				if !slices.EqualFunc(fields(c, e, count, true), want, sameValue) {
					t.Error("fields differ")
				}
				plane := len(want) / count
				if !slices.ContainsFunc(want[plane:2*plane], func(v float32) bool { return v != v }) {
					t.Error("no unit is off")
				}
			})
		}
	}
}

// The engine gives no -0, so that a term left out cannot show in one.
func TestPreActivationsHaveNoMinusZero(t *testing.T) {
	for _, c := range append(skipCases(), lineConfiguration(schema.Tanh, nil, 2, 5), lineConfiguration(schema.Tanh, []int{3}, 1, 5)) {
		e := NewEnsemble(c, 1, 1)
		for l := range e.Biases {
			for i := range e.Biases[l] {
				e.Biases[l][i] = float32(math.Copysign(0, -1))
			}
			for i := range e.Weights[l] {
				e.Weights[l][i] = -1
			}
		}
		clear(e.Weights[0])
		for i, v := range fields(c, e, 1, true) {
			if v == 0 && math.Signbit(float64(v)) {
				t.Errorf("%s: value %d is -0", caseName(c), i)
				break
			}
		}
	}
}
