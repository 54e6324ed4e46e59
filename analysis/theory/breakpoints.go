package theory

import "math"

// Breakpoints returns the expected number of sign changes, between the ends of the
// axis, of the pre-activations of hidden layer l, all units together: of a
// piecewise-linear network the breakpoints that the layer adds. One input only.
//
// In the first layer w x + b changes sign once at most, and the number holds at any
// width; of deeper layers it is the limit. It panics unless 1 ≤ l ≤ depth.
func (p *Process) Breakpoints(l int) (Value, error) {
	if err := p.checkInputs(1); err != nil {
		return Value{}, err
	}
	hidden := p.configuration.Hidden
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
		return .5 + a*density(0)/2 // and a³/49
	}
	return math.Erfc(-a/math.Sqrt2)/2 + density(0)*math.Expm1(-a*a/2)/a
}
