package sampler

import (
	"fmt"
	"math"
	"testing"

	"nodal/kernels"
	"nodal/schema"
)

// lineConfiguration is a small configuration for tests: one input on [-3, 3].
func lineConfiguration(activation schema.Activation, hidden []int, outputs, points int) *schema.Configuration {
	return &schema.Configuration{
		Case: "test", Inputs: 1, Outputs: outputs, Hidden: hidden,
		Activation: activation, OutputActivation: activation,
		Weights:      schema.Law{Distribution: schema.Normal, Std: 1.2, Scale: schema.FanIn},
		Biases:       schema.Law{Distribution: schema.Normal, Std: 0.5},
		Grid:         schema.Grid{{From: -3, To: 3, Points: points}},
		Connectivity: 6, Networks: 1000,
	}
}

func squareConfiguration(activation schema.Activation, hidden []int, outputs, points0, points1 int) *schema.Configuration {
	c := lineConfiguration(activation, hidden, outputs, points0)
	c.Inputs = 2
	c.Grid = schema.Grid{{From: -3, To: 3, Points: points0}, {From: -1, To: 2, Points: points1}}
	return c
}

// repeat returns depth hidden layers of one width.
func repeat(width, depth int) []int {
	hidden := make([]int, depth)
	for i := range hidden {
		hidden[i] = width
	}
	return hidden
}

// engineCases spans every activation, depth 0 to 8, width 1 to 256 and odd
// grid sizes.
func engineCases() []*schema.Configuration {
	var cases []*schema.Configuration
	for i, activation := range schema.Activations() {
		cases = append(cases,
			lineConfiguration(activation, repeat(5+i, 2), 1, 101+2*i),
			squareConfiguration(activation, []int{7, 3}, 3, 9, 11+i))
	}
	for depth := range 9 {
		cases = append(cases, lineConfiguration(schema.Tanh, repeat(11, depth), 1+depth%3, 67),
			lineConfiguration(schema.ReLU, repeat(3, depth), 2, 1001))
	}
	for _, width := range []int{1, 2, 3, 15, 16, 17, 63, 64, 65, 100, 191, 192, 193, 255, 256} {
		cases = append(cases, lineConfiguration(schema.Tanh, []int{width}, 1, 257),
			squareConfiguration(schema.Softplus, []int{width, 9}, 2, 5, 13))
	}
	return append(cases, lineConfiguration(schema.Tanh, []int{256, 256}, 1, 33),
		lineConfiguration(schema.Tanh, []int{1}, 1, 2), squareConfiguration(schema.Sin, nil, 5, 2, 2))
}

func caseName(c *schema.Configuration) string {
	return fmt.Sprintf("%s/layers=%s/grid=%s", c.Activation, fmt.Sprint(c.Layers()), c.Grid)
}

// evaluateWith returns the pre-activations [count,C,P] of the first networks.
func evaluateWith(engine Engine, c *schema.Configuration, count int) ([]float32, *Ensemble) {
	ev := engine.newEvaluator(c, nil)
	plane := c.Outputs * c.Grid.Points()
	all := make([]float32, count*plane)
	e := NewEnsemble(c, 7, max(count, ev.size()))
	for done := 0; done < count; done += ev.size() {
		n := min(ev.size(), count-done)
		e.Draw(int64(done), n)
		ev.evaluate(all[done*plane:(done+n)*plane], e, 0, n)
	}
	e.Draw(0, count)
	return all, e
}

func TestEnginesAgainstFloat64(t *testing.T) {
	for _, engine := range []Engine{Fused, BLAS} {
		for _, c := range engineCases() {
			t.Run(string(engine)+"/"+caseName(c), func(t *testing.T) {
				t.Parallel()
				const count = 5
				pre, e := evaluateWith(engine, c, count)
				points := c.Grid.Points()
				for b := range count {
					for p := range points {
						want, bound := reference(e, b, c.Activation, point(c.Grid, p))
						for o := range c.Outputs {
							got := float64(pre[(b*c.Outputs+o)*points+p])
							if !(math.Abs(got-want[o]) <= bound[o]) {
								t.Fatalf("network %d, point %d, output %d: got %v, want %v ± %v", b, p, o, got, want[o], bound[o])
							}
						}
					}
				}
			})
		}
	}
}

// The fused engine is defined by chains of fused multiply-adds, point by point,
// so tiles, blocks and units that are skipped must not show in a single bit.
func TestFusedIsTheFMAChain(t *testing.T) {
	for _, c := range append(engineCases(), skipCases()...) {
		t.Run(caseName(c), func(t *testing.T) {
			t.Parallel()
			pre, e := evaluateWith(Fused, c, 3)
			points := c.Grid.Points()
			for b := range 3 {
				for p := 0; p < points; p += 1 + points/50 {
					want := chain(e, b, c, p)
					for o := range c.Outputs {
						if got := pre[(b*c.Outputs+o)*points+p]; math.Float32bits(got) != math.Float32bits(want[o]) {
							t.Fatalf("network %d, point %d, output %d: got %v, want %v", b, p, o, got, want[o])
						}
					}
				}
			}
		})
	}
}

// chain evaluates network b at grid point p as DESIGN defines it.
func chain(e *Ensemble, b int, c *schema.Configuration, p int) []float32 {
	var h []float32
	for _, x := range point(c.Grid, p) {
		h = append(h, float32(x))
	}
	for l := range e.Weights {
		k, n := e.Layers[l], e.Layers[l+1]
		w, bias := e.layer(b, l)
		z := append([]float32(nil), bias...)
		for i := range n {
			for j := range k {
				z[i] = kernels.FMA(w[i*k+j], h[j], z[i])
			}
		}
		if l < len(e.Weights)-1 {
			activations[c.Activation](z, z)
		} else {
			for i := range z {
				z[i] += 0 // -0 becomes +0
			}
		}
		h = z
	}
	return h
}

// A hidden value that overflows meets a zero weight: 0·∞ is NaN on both
// engines, though gonum's product skips zero weights.
func TestZeroTimesInfinityIsNaN(t *testing.T) {
	c := lineConfiguration(schema.ReLU, []int{2}, 1, 3)
	for _, engine := range []Engine{Fused, BLAS} {
		t.Run(string(engine), func(t *testing.T) {
			ev := engine.newEvaluator(c, nil)
			e := NewEnsemble(c, 1, ev.size())
			copy(e.Weights[0], []float32{3e38, 1})
			copy(e.Weights[1], []float32{0, 1})
			pre := make([]float32, 3)
			ev.evaluate(pre, e, 0, 1)
			if got := float64(pre[2]); !math.IsNaN(got) {
				t.Errorf("0·∞ + 3 = %v, want NaN", got)
			}
			if got := float64(pre[1]); got != 0 {
				t.Errorf("network at 0 = %v, want 0", got)
			}
		})
	}
}
