package theory

import (
	"fmt"
	"math"

	"nodal/schema"
)

// Breakpoints returns the expected number of sign changes, between the ends of the
// axis, of the pre-activations of hidden layer l, all units together: the breakpoints
// that the layer adds to a network of ReLU, leaky ReLU or step units. Identity units
// have none. One input only.
//
// In the first layer w x + b changes sign once at most, and the number holds at any
// width; of deeper layers it is the limit. It panics unless 1 ≤ l ≤ depth.
func (p *Process) Breakpoints(l int) (Value, error) {
	if err := p.checkInputs(1); err != nil {
		return Value{}, err
	}
	hidden := p.configuration.Hidden
	if l < 1 || l > len(hidden) {
		panic(fmt.Sprintf("theory: Breakpoints: hidden layer %d of %d", l, len(hidden)))
	}
	if p.configuration.Activation == schema.Identity {
		return Value{}, nil
	}
	units := float64(hidden[l-1])
	if l > 1 {
		v, err := p.Hidden(l).Crossings()
		return Value{units * v.Value, units * v.Error}, err
	}
	axis := p.configuration.Grid[0]
	v := units * p.firstChanges(axis.From, axis.To)
	return Value{v, 1e-14 * units}, nil
}

// firstChanges returns the probability that w x + b is zero between two inputs: without
// a bias, at 0; of normal weights, θ/π; of uniform ones, the mean over w of the
// probability that -b lies between w from and w to.
func (p *Process) firstChanges(from, to float64) float64 {
	l := p.layers[0]
	switch {
	case l.bias == 0 && from < 0 && to > 0:
		return 1
	case l.bias == 0:
		return 0
	case p.first == nil:
		return l.first([]float64{from}, []float64{to}).angle() / math.Pi
	}
	return meanCDF(p.first.reach*to/l.bias) - meanCDF(p.first.reach*from/l.bias)
}

// meanCDF returns the mean of the normal distribution function Φ between 0 and a,
// (aΦ(a) + density(a) - density(0))/a.
func meanCDF(a float64) float64 {
	if math.Abs(a) < 1e-5 {
		return .5 + a*density(0)/2 // less a³/60
	}
	return normalCDF(a) + density(0)*math.Expm1(-a*a/2)/a
}
