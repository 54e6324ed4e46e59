package piecewise

import (
	"cmp"
	"slices"

	"nodal/schema"
)

// layer is one layer of a network with its state where the walk is: K inputs, N
// units.
type layer struct {
	weights []float64 // [K,N], so that the weights of one input lie together
	biases  []float64 // [N]
	pre     []line    // [N] pre-activations on the current interval, affine there

	unit  unit
	post  []line // [N] values after the activation on the current piece of the interval
	above []bool // [N] which units are above on that piece
	flips []flip // where units switch inside the interval, ascending
}

// unit is what an activation makes of a pre-activation.
type unit struct {
	switches bool    // above zero is not as below
	jumps    bool    // above, it is 1, else the pre-activation
	below    float64 // below, it is this multiple of the pre-activation
}

// leak is the slope of leaky ReLU below zero: 0.01 rounded to float32, as in
// package kernels.
const leak = float64(float32(0.01))

var units = map[schema.Activation]unit{
	schema.Identity:  {below: 1},
	schema.ReLU:      {switches: true},
	schema.LeakyReLU: {switches: true, below: leak},
	schema.Step:      {switches: true, jumps: true},
}

// flip is a unit that switches at x.
type flip struct {
	x    float64
	unit int
}

func newLayer(k, n int, u unit) layer {
	return layer{
		weights: make([]float64, k*n), biases: make([]float64, n), pre: make([]line, n),
		unit: u, post: make([]line, n), above: make([]bool, n), flips: make([]flip, 0, n),
	}
}

// load takes the weights [N,K] and biases [N] of a network and reports whether all
// are finite. A layer that has more units keeps zeros for the others.
func (l *layer) load(weights, biases []float32) bool {
	n := len(l.biases)
	k := len(l.weights) / n
	nothing := 0.0 // what zero times a finite number is
	for i, b := range biases {
		l.biases[i] = float64(b)
		nothing += 0 * float64(b)
		for j, w := range weights[i*k : (i+1)*k] {
			l.weights[j*n+i] = float64(w)
			nothing += 0 * float64(w)
		}
	}
	return nothing == 0
}

// affine sets pre = weights·x + biases for inputs x [K] that are affine on the
// current interval, and reports whether all is bounded. Terms are added in the
// order of the inputs, those of inputs that are zero throughout left out: they
// would change nothing but the sign of a zero.
func (l *layer) affine(x []line) bool {
	for i, b := range l.biases {
		l.pre[i] = line{0, b}
	}
	for k, f := range x {
		if f == (line{}) {
			continue
		}
		weights := l.weights[k*len(l.pre) : (k+1)*len(l.pre)]
		pre := l.pre[:len(weights)]
		for i, w := range weights {
			pre[i].slope += float64(w * f.slope)
			pre[i].intercept += float64(w * f.intercept)
		}
	}
	for _, p := range l.pre {
		if !p.bounded() {
			return false
		}
	}
	return true
}

// enter sets post, above and flips for the interval (a, b), on which the
// pre-activations are affine: the first two as they are just right of a. It returns
// how many units are not above, or not below, as they were left of a.
func (l *layer) enter(a, b float64) (switched int64) {
	l.flips = l.flips[:0]
	for i, p := range l.pre {
		above := p.above(a)
		if above != l.above[i] {
			switched++
		}
		l.set(i, above)
		if x := p.zero(); a < x && x < b {
			l.flips = append(l.flips, flip{x, i})
		}
	}
	if !l.unit.switches {
		l.flips, switched = l.flips[:0], 0
	}
	slices.SortFunc(l.flips, func(f, g flip) int { return cmp.Compare(f.x, g.x) })
	return switched
}

// set makes unit i one that is above, or below.
func (l *layer) set(i int, above bool) {
	l.above[i] = above
	p := l.pre[i]
	switch {
	case !above:
		l.post[i] = line{l.unit.below * p.slope, l.unit.below * p.intercept}
	case l.unit.jumps:
		l.post[i] = line{0, 1}
	default:
		l.post[i] = p
	}
}
