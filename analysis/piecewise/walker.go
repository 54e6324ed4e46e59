package piecewise

import (
	"fmt"
	"slices"

	"nodal/schema"
)

// Counts is what a walk along [from, to] found; the package comment says what
// counts as a switch.
type Counts struct {
	// Breakpoints [hidden layers] are the switches in (from, to) of the units of
	// each hidden layer, summed over its units, whether or not the outputs feel
	// them. Identity units do not switch. It is valid until the next walk.
	Breakpoints []int64

	// Pieces is 1 + the points in (from, to) where an output pre-activation bends
	// or jumps: the number of maximal intervals on which all of them are affine.
	// Switches at one point count once, and those that no output feels do not
	// count. What decides is whether slope and intercept of every output, as
	// computed, are equal on both sides. No tolerance is needed: they are the very
	// same sums where a unit feeds only zero weights, ReLU units that stay below or
	// step units that stay as they are. A switch whose effects cancel in exact
	// arithmetic alone counts if rounding leaves something, and a bend below the
	// rounding of the slope is lost.
	Pieces int64

	// Crossings is how often the class changes along the line. One output f: class
	// A where f ≥ 0, else B. Several: the index of the largest, ties to the
	// lowest. Always of pre-activations.
	Crossings int64
}

// Walker counts along lines the networks of one architecture, one at a time. It
// is not safe for use by several goroutines.
type Walker struct {
	sizes  []int
	layers []layer // the last one without activation

	counts  Counts
	input   [1]line // x itself
	from    float64
	outputs []line // [max(2,C)] outputs on the piece before
	class   int    // just before, -1 where the line begins
}

// NewWalker returns a walker for networks of the given layer sizes, [1, n1, …, C],
// whose hidden units have the given activation. It panics unless there is one input
// and the activation is piecewise linear; without hidden layers any will do.
func NewWalker(layers []int, activation schema.Activation) *Walker {
	if len(layers) < 2 || layers[0] != 1 || slices.Min(layers) < 1 {
		panic(fmt.Sprintf("piecewise: layer sizes %v, want one input and some outputs", layers))
	}
	hidden := len(layers) - 2
	if hidden > 0 && !activation.PiecewiseLinear() {
		panic(fmt.Sprintf("piecewise: %s networks are not piecewise affine", activation))
	}
	w := &Walker{sizes: slices.Clone(layers), input: [1]line{{1, 0}}}
	for l := range hidden {
		w.layers = append(w.layers, newLayer(layers[l], layers[l+1], units[activation]))
	}
	classes := max(2, layers[hidden+1]) // a single output has a rival that is zero
	w.layers = append(w.layers, newLayer(layers[hidden], classes, unit{}))
	w.outputs = make([]line, classes)
	w.counts.Breakpoints = make([]int64, hidden)
	return w
}

// Walk counts along the line [from, to] the network with these weights and biases.
//
//	weights  [layers][N,K]  row-major
//	biases   [layers][N]
//
// It returns false, and counts that mean nothing, if a weight or bias is not
// finite or a slope or intercept exceeds a quarter of the largest float64 in size.
// It panics on wrong lengths and unless from ≤ to, both finite; a line of one point
// is one piece.
//
// It takes about the time of two evaluations of layer l+1 for each interval on
// which layer l is affine, over all l. A random ReLU network has hardly more
// intervals than units (Hanin and Rolnick 2019), but there are networks that have
// exponentially many in the depth. It allocates nothing.
func (w *Walker) Walk(weights, biases [][]float32, from, to float64) (Counts, bool) {
	w.check(weights, biases, from, to)
	clear(w.counts.Breakpoints)
	w.counts.Pieces, w.counts.Crossings = 0, 0
	w.from, w.class = from, -1
	ok := true
	for l := range w.layers {
		w.layers[l].weights, w.layers[l].biases = weights[l], biases[l]
		ok = ok && finite(weights[l])
	}
	ok = ok && w.walk(0, w.input[:], from, to)
	return w.counts, ok
}

// walk counts what layer l and those after it do on the interval (a, b), on which the
// inputs [K] of layer l are affine. It reports whether all their lines are bounded.
func (w *Walker) walk(l int, inputs []line, a, b float64) bool {
	layer := &w.layers[l]
	if !layer.affine(inputs) {
		return false
	}
	if l == len(w.layers)-1 {
		w.piece(layer.pre, a, b)
		return true
	}
	switched := layer.enter(a, b)
	if a > w.from {
		w.counts.Breakpoints[l] += switched
	}
	w.counts.Breakpoints[l] += int64(len(layer.flips))
	for i := 0; i < len(layer.flips); {
		x := layer.flips[i].x
		if !w.walk(l+1, layer.post, a, x) {
			return false
		}
		for a = x; i < len(layer.flips) && layer.flips[i].x == a; i++ {
			unit := layer.flips[i].unit
			layer.set(unit, !layer.above[unit])
		}
	}
	return w.walk(l+1, layer.post, a, b)
}

// piece counts on the interval (a, b), on which the outputs [max(2,C)] are affine.
func (w *Walker) piece(outputs []line, a, b float64) {
	if a == w.from || !slices.Equal(outputs, w.outputs) {
		w.counts.Pieces++
		copy(w.outputs, outputs)
	}
	for a < b {
		class := largest(outputs, a)
		if class != w.class && w.class >= 0 {
			w.counts.Crossings++
		}
		w.class = class
		a = overtaken(outputs, class, a, b)
	}
}

// largest returns which line is the largest just right of x, the first of equal
// ones.
func largest(lines []line, x float64) int {
	first := 0
	for i, f := range lines {
		if !lines[first].minus(f).above(x) {
			first = i
		}
	}
	return first
}

// overtaken returns the first point in (a, b) where a line passes lines[i], the
// largest just right of a, or else b.
func overtaken(lines []line, i int, a, b float64) float64 {
	for _, f := range lines {
		if x := lines[i].minus(f).zero(); a < x && x < b {
			b = x
		}
	}
	return b
}

// check panics if a promise of [Walker.Walk] is broken.
func (w *Walker) check(weights, biases [][]float32, from, to float64) {
	if !(from-from == 0 && to-to == 0 && from <= to) {
		panic(fmt.Sprintf("piecewise: a line from %v to %v", from, to))
	}
	if len(weights) != len(w.layers) || len(biases) != len(w.layers) {
		panic(fmt.Sprintf("piecewise: weights of %d and biases of %d layers, want %d", len(weights), len(biases), len(w.layers)))
	}
	for l, n := range w.sizes[1:] {
		if len(weights[l]) != n*w.sizes[l] || len(biases[l]) != n {
			panic(fmt.Sprintf("piecewise: layer %d has %d weights and %d biases, want %d and %d",
				l, len(weights[l]), len(biases[l]), n*w.sizes[l], n))
		}
	}
}

// finite reports whether all numbers are.
func finite(x []float32) bool {
	var zero float32 // unless there is an infinity or NaN
	for _, v := range x {
		zero += 0 * v
	}
	return zero == 0
}
