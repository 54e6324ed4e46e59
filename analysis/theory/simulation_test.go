package theory

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"nodal/schema"
)

// Finite networks of unequal widths, drawn and counted here, against the limit: that
// fan-ins, layers and laws are where they belong. Their numbers differ from the
// limit's by less than the widths can tell at this many networks.
func TestAgainstDrawnNetworks(t *testing.T) {
	const networks = 1500
	axis := schema.Axis{From: -2, To: 1.5, Points: 71}
	uniform := schema.Law{Distribution: schema.Uniform, Low: -.25, High: .25}
	for k, c := range []schema.Configuration{
		configuration(schema.Tanh, 1, normal(.04), normal(.1), axis),
		configuration(schema.ReLU, 2, schema.Law{Distribution: schema.XavierNormal, Gain: 1.5}, normal(.2), axis),
		configuration(schema.Sin, 2, fanIn(3), none, axis),
		configuration(schema.Tanh, 1, schema.Law{Distribution: schema.HeUniform, Gain: 2}, normal(.1), axis),
		configuration(schema.ReLU, 2, uniform, none, axis),
		// Behind step units the limit is rough where networks have steps, so points are few.
		configuration(schema.Step, 1, he, normal(.3), schema.Axis{From: -2, To: 1.5, Points: 7}),
	} {
		c.Hidden[0] = 120
		if c.Depth() == 2 {
			c.Hidden[1] = 60
		}
		t.Run(fmt.Sprint(c.Activation, c.Weights, c.Biases), func(t *testing.T) {
			p := process(t, c)
			random := rand.New(rand.NewPCG(7, uint64(k)))
			var crossings, ends, square moment
			for range networks {
				f := drawn(c, random)
				crossings.add(changes(f))
				ends.add(changes([]float64{f[0], f[len(f)-1]}))
				square.add(f[len(f)-1] * f[len(f)-1])
			}
			to := []float64{axis.To}
			crossings.check(t, "crossings", p.CrossingsOnGrid().Value)
			ends.check(t, "ends differ", p.EndsDiffer().Value)
			square.check(t, "variance", p.Kernel(to, to))
		})
	}
}

// drawn returns the pre-activation of the output of a network over its grid.
func drawn(c schema.Configuration, random *rand.Rand) []float64 {
	draw := func(l schema.Law) float64 {
		switch l.Distribution {
		case schema.Uniform:
			return l.Low + (l.High-l.Low)*random.Float64()
		case schema.Normal:
			return l.Std * random.NormFloat64()
		}
		return 0
	}
	sizes := c.Layers()
	h := [][]float64{make([]float64, c.Grid[0].Points)}
	for i := range h[0] {
		h[0][i] = float64(c.Grid[0].At(i))
	}
	for l, fanIn := range sizes[:len(sizes)-1] {
		weights, biases := c.Weights.At(fanIn, sizes[l+1]), c.Biases.At(fanIn, sizes[l+1])
		next := make([][]float64, sizes[l+1])
		for n := range next {
			next[n] = make([]float64, len(h[0]))
			b := draw(biases)
			for i := range next[n] {
				next[n][i] = b
			}
			for k := range h {
				w := draw(weights)
				for i, x := range h[k] {
					next[n][i] += w * x
				}
			}
			if l < len(sizes)-2 {
				for i, u := range next[n] {
					next[n][i] = reference(c.Activation, u)
				}
			}
		}
		h = next
	}
	return h[0]
}

func changes(f []float64) float64 {
	n := 0.
	for i := range f[1:] {
		if (f[i] >= 0) != (f[i+1] >= 0) {
			n++
		}
	}
	return n
}

// moment is a mean and its standard error.
type moment struct{ n, sum, squares float64 }

func (m *moment) add(x float64) { m.n, m.sum, m.squares = m.n+1, m.sum+x, m.squares+x*x }

func (m *moment) check(t *testing.T, what string, want float64) {
	t.Helper()
	mean := m.sum / m.n
	se := math.Sqrt((m.squares/m.n - mean*mean) / m.n)
	if !(math.Abs(mean-want) <= 4*se+1e-12) {
		t.Errorf("%s: %.4f ± %.4f of drawn networks, %.4f in the limit", what, mean, se, want)
	} else {
		t.Logf("%s: %.4f ± %.4f of drawn networks, %.4f in the limit", what, mean, se, want)
	}
}
