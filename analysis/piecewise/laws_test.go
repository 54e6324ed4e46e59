package piecewise

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"nodal/schema"
)

// drawQuarters draws a small network whose weights and biases are few multiples of
// 1/4, so that ties, touches, dead units and coincidences abound and every line is
// exact. The slope of leaky ReLU has 24 bits, so there is one hidden layer of it at
// most: more would not fit in 53.
func drawQuarters(t *rapid.T, outputs int) *network {
	n := &network{activation: rapid.SampledFrom(activations).Draw(t, "activation")}
	depth := 3
	if n.activation == schema.LeakyReLU {
		depth = 1
	}
	hidden := rapid.SliceOfN(rapid.IntRange(1, 4), 0, depth).Draw(t, "hidden")
	n.layers = append(append([]int{1}, hidden...), outputs)
	quarters := rapid.Custom(func(t *rapid.T) float32 { return float32(rapid.IntRange(-6, 6).Draw(t, "quarters")) / 4 })
	for l, k := range n.layers[:len(n.layers)-1] {
		units := n.layers[l+1]
		n.weights = append(n.weights, rapid.SliceOfN(quarters, units*k, units*k).Draw(t, "weights"))
		n.biases = append(n.biases, rapid.SliceOfN(quarters, units, units).Draw(t, "biases"))
	}
	return n
}

func drawNetwork(t *rapid.T) *network {
	return drawQuarters(t, rapid.IntRange(1, 4).Draw(t, "outputs"))
}

func TestWalkIsExactOnCoincidences(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := drawNetwork(rt)
		checkCounts(rt, "", n.walk(rt, -2, 3), exactCounts(n, -2, 3))
	})
}

func TestMirror(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := drawNetwork(rt)
		mirrored := n.clone()
		negate(mirrored.weights[0])
		checkCounts(rt, "f(-x)", mirrored.walk(rt, -3, 2), n.walk(rt, -2, 3))
	})
}

// A cut where nothing happens loses nothing.
func TestHalvesAddUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := drawNetwork(rt)
		cut := rapid.Float64Range(-1, 2).Draw(rt, "cut")
		whole, left, right := n.walk(rt, -2, 3), n.walk(rt, -2, cut), n.walk(rt, cut, 3)
		around := exactCounts(n, cut-0x1p-40, cut+0x1p-40)
		if around.Pieces > 1 || around.Crossings > 0 || slices.Max(append(around.Breakpoints, 0)) > 0 {
			rt.Skip("something happens at the cut")
		}
		sum := Counts{make([]int64, len(whole.Breakpoints)), left.Pieces + right.Pieces - 1, left.Crossings + right.Crossings}
		for l := range sum.Breakpoints {
			sum.Breakpoints[l] = left.Breakpoints[l] + right.Breakpoints[l]
		}
		checkCounts(rt, "sum", sum, whole)
	})
}

func TestUnitsInAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := drawNetwork(rt)
		if len(n.layers) == 2 {
			return
		}
		l := rapid.IntRange(0, len(n.layers)-3).Draw(rt, "layer")
		units := make([]int, n.layers[l+1])
		for i := range units {
			units[i] = i
		}
		order := rapid.Permutation(units).Draw(rt, "order")
		k, permuted := n.layers[l], n.clone()
		for to, from := range order {
			copy(permuted.weights[l][to*k:(to+1)*k], n.weights[l][from*k:])
			permuted.biases[l][to] = n.biases[l][from]
			for o := range n.layers[l+2] {
				permuted.weights[l+1][o*len(order)+to] = n.weights[l+1][o*len(order)+from]
			}
		}
		checkCounts(rt, "permuted", permuted.walk(rt, -2, 3), n.walk(rt, -2, 3))
	})
}

// ReLU and leaky ReLU are homogeneous.
func TestUnitsOfAnyScale(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := drawNetwork(rt)
		if len(n.layers) == 2 || n.activation == schema.Step {
			return
		}
		l := rapid.IntRange(0, len(n.layers)-3).Draw(rt, "layer")
		units := n.layers[l+1]
		unit := rapid.IntRange(0, units-1).Draw(rt, "unit")
		scaled := n.clone()
		scaled.biases[l][unit] *= 2
		for k := range n.layers[l] {
			scaled.weights[l][unit*n.layers[l]+k] *= 2
		}
		for o := range n.layers[l+2] {
			scaled.weights[l+1][o*units+unit] /= 2
		}
		checkCounts(rt, "scaled", scaled.walk(rt, -2, 3), n.walk(rt, -2, 3))
	})
}

// Negation swaps the classes, unless the output rests at exactly 0, as that of a
// random network with an output bias does not.
func TestNegation(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0))
		a := rapid.SampledFrom(activations).Draw(rt, "activation")
		n := random(r, a, 1.4, 0.3, 1, 9, 7, 1)
		negated := n.clone()
		negate(negated.weights[2])
		negate(negated.biases[2])
		checkCounts(rt, "-f", negated.walk(rt, -2, 3), n.walk(rt, -2, 3))
	})
}

func negate(x []float32) {
	for i := range x {
		x[i] = -x[i]
	}
}
