package piecewise

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"nodal/schema"
)

// network is one network of one input.
type network struct {
	layers          []int
	activation      schema.Activation
	weights, biases [][]float32 // [layers][N,K], [layers][N]
}

func (n *network) walk(t rapid.TB, from, to float64) Counts {
	t.Helper()
	got, ok := NewWalker(n.layers, n.activation).Walk(n.weights, n.biases, from, to)
	if !ok {
		t.Fatalf("%v %s: out of bounds", n.layers, n.activation)
	}
	return got
}

// add appends a layer by the weights of its units, their biases last.
func (n *network) add(units ...[]float32) {
	var weights, biases []float32
	for _, u := range units {
		weights = append(weights, u[:len(u)-1]...)
		biases = append(biases, u[len(u)-1])
	}
	if n.layers == nil {
		n.layers = []int{1}
	}
	n.layers = append(n.layers, len(units))
	n.weights = append(n.weights, weights)
	n.biases = append(n.biases, biases)
}

func (n *network) clone() *network {
	c := &network{layers: slices.Clone(n.layers), activation: n.activation}
	for l := range n.weights {
		c.weights = append(c.weights, slices.Clone(n.weights[l]))
		c.biases = append(c.biases, slices.Clone(n.biases[l]))
	}
	return c
}

// random returns a network whose weights are normal with variance gain²/fan-in and
// whose biases are normal with standard deviation bias.
func random(r *rand.Rand, a schema.Activation, gain, bias float64, layers ...int) *network {
	n := &network{layers: layers, activation: a}
	for l, k := range layers[:len(layers)-1] {
		normals := func(count int, std float64) []float32 {
			x := make([]float32, count)
			for i := range x {
				x[i] = float32(std * r.NormFloat64())
			}
			return x
		}
		n.weights = append(n.weights, normals(layers[l+1]*k, gain/math.Sqrt(float64(k))))
		n.biases = append(n.biases, normals(layers[l+1], bias))
	}
	return n
}

// class evaluates the network at x in float64 and returns its class there. The
// scratch holds two layers.
func (n *network) class(x float64, scratch *[2][]float64) int {
	in, out := append(scratch[0][:0], x), scratch[1]
	for l, biases := range n.biases {
		out = out[:0]
		for i, b := range biases {
			sum := float64(b)
			for k, v := range in {
				sum += float64(n.weights[l][i*len(in)+k]) * v
			}
			if l < len(n.biases)-1 {
				sum = activate(n.activation, sum)
			}
			out = append(out, sum)
		}
		in, out = out, in
	}
	scratch[0], scratch[1] = in, out
	if len(in) == 1 {
		if in[0] >= 0 {
			return 0
		}
		return 1
	}
	return slices.Index(in, slices.Max(in))
}

func activate(a schema.Activation, x float64) float64 {
	switch {
	case a == schema.Identity:
		return x
	case a == schema.Step && x >= 0:
		return 1
	case a == schema.Step:
		return 0
	case x >= 0:
		return x
	case a == schema.LeakyReLU:
		return float64(float32(0.01)) * x
	}
	return 0
}

// gridCrossings counts class changes between neighbours on a grid, its ends
// included.
func (n *network) gridCrossings(from, to float64, points int) int64 {
	var scratch [2][]float64
	var crossings int64
	before := n.class(from, &scratch)
	for i := 1; i < points; i++ {
		class := n.class(from+(to-from)*float64(i)/float64(points-1), &scratch)
		if class != before {
			crossings++
		}
		before = class
	}
	return crossings
}

func checkCounts(t rapid.TB, name string, got, want Counts) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
