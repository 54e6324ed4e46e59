package sampler

import (
	"math"
	"testing"

	"nodal/analysis"
	"nodal/schema"
)

// expectedCrossings returns the expected crossings of the first networks of c, at
// seed 7, given their last hidden layers.
func expectedCrossings(engine Engine, c *schema.Configuration, networks int) []float64 {
	layers := c.Layers()
	last := len(layers) - 2
	weights, biases := c.Weights.At(layers[last], c.Outputs), c.Biases.At(layers[last], c.Outputs)
	expected := analysis.NewExpectedCrossings(c.Grid, layers[last])
	var sums []float64
	ev := engine.newEvaluator(c, func(_ int, h []float32, n, p, first int) {
		if first == 0 {
			expected.Reset(weights.Std, biases.Std)
		}
		expected.Add(h, n, p, first)
		if first+p == c.Grid.Points() {
			sums = append(sums, expected.Sum())
		}
	})
	e := NewEnsemble(c, 7, ev.size())
	pre := make([]float32, ev.size()*c.Outputs*c.Grid.Points())
	for done := 0; done < networks; done += ev.size() {
		count := min(ev.size(), networks-done)
		e.Draw(int64(done), count)
		ev.evaluate(pre[:count*c.Outputs*c.Grid.Points()], e, 0, count)
	}
	return sums
}

// wide returns c with the weights and biases of the literature's wide tanh networks:
// variances 4 over fan-in and 0.05.
func wide(c *schema.Configuration) *schema.Configuration {
	c.Weights.Std, c.Biases.Std = 2, math.Sqrt(.05)
	return c
}

// The expected crossings have the mean of the crossings, at any width, and less
// variance.
func TestExpectedCrossingsHaveTheMeanOfCrossings(t *testing.T) {
	const networks = 4000
	he := squareConfiguration(schema.ReLU, []int{3, 3}, 1, 11, 13) // whose last layer is often zero
	he.Weights, he.Biases = schema.Law{Distribution: schema.HeNormal, Gain: 1}, schema.Law{Distribution: schema.None}
	xavier := lineConfiguration(schema.Erf, []int{5, 3}, 2, 41)
	xavier.Weights = schema.Law{Distribution: schema.XavierNormal, Gain: 2}
	for _, c := range []*schema.Configuration{
		wide(lineConfiguration(schema.Tanh, []int{4}, 1, 101)),
		wide(lineConfiguration(schema.ReLU, []int{8, 8}, 1, 101)),
		wide(squareConfiguration(schema.Tanh, []int{6, 6}, 1, 21, 25)),
		wide(lineConfiguration(schema.Tanh, []int{8}, 2, 101)),
		wide(squareConfiguration(schema.ReLU, []int{7, 5}, 2, 15, 9)),
		lineConfiguration(schema.Tanh, nil, 1, 31),
		squareConfiguration(schema.Tanh, nil, 2, 9, 7),
		lineConfiguration(schema.Step, []int{6}, 1, 61),
		he, xavier,
	} {
		t.Run(caseName(c), func(t *testing.T) {
			t.Parallel()
			rows, sums := measure(c, networks), expectedCrossings(Fused, c, networks)
			crossings := average(rows, func(r *schema.Row) float64 { return float64(r.Crossings) })
			expected := average(rows, func(r *schema.Row) float64 { return sums[r.Network] })
			difference := average(rows, func(r *schema.Row) float64 { return float64(r.Crossings) - sums[r.Network] })
			difference.within(t, "crossings less expected crossings", 0, 0)
			if expected.se >= crossings.se {
				t.Errorf("standard error of the expected crossings %.4f, want less than the crossings', %.4f", expected.se, crossings.se)
			}
			t.Logf("crossings %.4f ± %.4f, expected %.4f ± %.4f, difference %.4f ± %.4f", crossings.mean, crossings.se,
				expected.mean, expected.se, difference.mean, difference.se)
		})
	}
}

// The vectors of a line w·x + b, (σb, σw·x), turn from one end of the grid to the
// other without going back, so their angles add up to that between the ends, x = ±3.
func TestExpectedCrossingsOfALine(t *testing.T) {
	c := lineConfiguration(schema.Tanh, nil, 1, 1001)
	want := 2 * math.Atan(3*c.Weights.Std/c.Biases.Std) / math.Pi
	for i, got := range expectedCrossings(Fused, c, 3) {
		if math.Abs(got-want) > 1e-12 { // a thousand angles
			t.Errorf("network %d: expected crossings %v, want %v", i, got, want)
		}
	}
}

// Both engines show the same layers but for rounding, some 2⁻²² of a value, and that
// by which an angle differs.
func TestExpectedCrossingsOfEnginesAgree(t *testing.T) {
	for _, c := range []*schema.Configuration{
		lineConfiguration(schema.Tanh, []int{9, 7}, 1, 101),
		squareConfiguration(schema.Softplus, []int{9, 7}, 2, 11, 70),
		squareConfiguration(schema.ReLU, nil, 1, 5, 9),
	} {
		const networks = 50
		limit := float64(len(c.Grid)*c.Grid.Points()) * 0x1p-22
		fused, blas := expectedCrossings(Fused, c, networks), expectedCrossings(BLAS, c, networks)
		for i := range networks {
			if math.Abs(fused[i]-blas[i]) > limit {
				t.Errorf("%s, network %d: %v by fused, %v by blas, want them within %v", caseName(c), i, fused[i], blas[i], limit)
			}
		}
	}
}
