package piecewise

import (
	"cmp"
	"slices"

	"nodal/schema"
)

// layer is one layer with its state where the walk is: K inputs, N units.
type layer struct {
	weights []float32 // [N,K], the caller's
	biases  []float32 // [N], the caller's
	terms   []term    // inputs that are not zero throughout the current interval
	pre     []line    // [N] pre-activations, affine on that interval

	unit  unit
	post  []line // [N] values after the activation on the current piece of the interval
	above []bool // [N] which units are above on that piece
	flips []flip // where units switch inside the interval, ascending
}

// term is the value of input k.
type term struct {
	k int
	line
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
		terms: make([]term, 0, k), pre: make([]line, n),
		unit: u, post: make([]line, n), above: make([]bool, n), flips: make([]flip, 0, n),
	}
}

// affine sets pre = weights·x + biases for inputs x [K] that are affine on the
// current interval, and reports whether all is bounded. Terms are added in the
// order of the inputs, those of inputs that are zero throughout left out: they
// would change nothing but the sign of a zero. What the layer has beyond its N
// biases is left as it is.
func (l *layer) affine(x []line) bool {
	l.terms = l.terms[:0]
	for k, f := range x {
		if f != (line{}) {
			l.terms = append(l.terms, term{k, f})
		}
	}
	for i := 0; i < len(l.biases); i += 2 { // four independent sums, or the last two twice
		j := min(i+1, len(l.biases)-1)
		v, w := l.weights[i*len(x):(i+1)*len(x)], l.weights[j*len(x):(j+1)*len(x)]
		p, q := line{0, float64(l.biases[i])}, line{0, float64(l.biases[j])}
		for t := range l.terms {
			f := &l.terms[t]
			vk, wk := float64(v[f.k]), float64(w[f.k])
			p.slope += float64(vk * f.slope)
			p.intercept += float64(vk * f.intercept)
			q.slope += float64(wk * f.slope)
			q.intercept += float64(wk * f.intercept)
		}
		l.pre[i], l.pre[j] = p, q
		if !p.bounded() || !q.bounded() {
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
