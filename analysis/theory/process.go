package theory

import (
	"fmt"
	"iter"
	"math"

	"nodal/schema"
)

// Process is the Gaussian process that one pre-activation of a layer tends to as
// the hidden layers before it grow wide. Its methods may be called at the same time.
type Process struct {
	configuration schema.Configuration
	layers        []layer       // from the first to the one it is of
	phi           expectations  // of the activation
	first         *uniformLayer // the first layer, if its weights are uniform; nil otherwise
}

// layer holds standard deviations in one layer.
type layer struct {
	weight float64 // of a weight times √fan-in; in the first layer, of a weight
	bias   float64
}

// Inapplicable is why there is no such theory of a configuration, or no such number.
type Inapplicable struct{ Reason string }

// Error returns the reason.
func (e *Inapplicable) Error() string { return e.Reason }

func inapplicable(format string, args ...any) error {
	return &Inapplicable{fmt.Sprintf(format, args...)}
}

// Value is a number with a bound on the error of its computation.
type Value struct{ Value, Error float64 }

// New returns the limit of one output pre-activation of a configuration's networks,
// or an [*Inapplicable] error.
//
// Laws must be symmetric about zero. Weights may be uniform behind a hidden layer: the
// first layer's are then taken by that law. Biases may not: a bias is a single term of
// its sum and stays uniform however wide the network.
func New(c schema.Configuration) (*Process, error) {
	if err := checkLaw("weights", c.Weights); err != nil {
		return nil, err
	}
	if err := checkLaw("biases", c.Biases); err != nil {
		return nil, err
	}
	sizes := c.Layers()
	if c.Biases.At(1, 1).Distribution == schema.Uniform {
		return nil, inapplicable("biases are uniform, so no layer's pre-activations become Gaussian")
	}
	p := &Process{configuration: c, phi: expectationsOf(c.Activation)}
	for l, fanIn := range sizes[:len(sizes)-1] {
		s := layer{c.Weights.At(fanIn, sizes[l+1]).StdDev(), c.Biases.At(fanIn, sizes[l+1]).StdDev()}
		if l > 0 {
			s.weight *= math.Sqrt(float64(fanIn))
		}
		p.layers = append(p.layers, s)
	}
	if c.Weights.At(1, 1).Distribution == schema.Uniform {
		if c.Depth() == 0 {
			return nil, inapplicable("no hidden layer and uniform weights: not a Gaussian process")
		}
		var extent float64
		for _, a := range c.Grid {
			extent += max(math.Abs(a.From), math.Abs(a.To))
		}
		p.first = newUniformLayer(p.layers[0].weight*math.Sqrt(3), p.layers[0].bias, extent, functionOf(c.Activation))
	}
	return p, p.checkVariances()
}

// checkLaw refuses laws that prefer a sign.
func checkLaw(what string, l schema.Law) error {
	if mean := (l.Low + l.High) / 2; mean != 0 {
		return inapplicable("%s have mean %g, not 0", what, mean)
	}
	return nil
}

// steepest is the largest standard deviation of what goes through an activation that
// is neither linear on both sides of 0 nor a step: the function then varies on a
// ten-thousandth of the scale of its argument, which rules and closed forms stand.
const steepest = 1e4

// checkVariances refuses processes whose variance at the corner of the grid farthest
// from zero is no positive float64 in some layer, or too large for the activation.
func (p *Process) checkVariances() error {
	corner := make([]float64, len(p.configuration.Grid))
	for i, a := range p.configuration.Grid {
		corner[i] = max(math.Abs(a.From), math.Abs(a.To))
	}
	l := 0
	for at := range p.pairs(corner, corner) {
		l++
		switch k := at.p * at.p; {
		case math.IsInf(k, 0) || math.IsNaN(k):
			return inapplicable("variance overflows at layer %d", l)
		case k == 0:
			return inapplicable("variance vanishes at layer %d", l)
		case at.p > steepest && l < len(p.layers) && !p.configuration.Activation.PiecewiseLinear():
			return inapplicable("pre-activations of layer %d have a standard deviation of %.2g, too large to be computed with safely", l, at.p)
		}
	}
	return nil
}

// Hidden returns the process of the pre-activations of hidden layer l, 1 to the
// depth; depth+1 is the output. It panics outside this range. Hidden(1) under uniform
// weights has a kernel but is not Gaussian: what it does on average is inapplicable or
// not a number.
func (p *Process) Hidden(l int) *Process {
	if l < 1 || l > len(p.layers) {
		panic(fmt.Sprintf("theory: layer %d of %d", l, len(p.layers)))
	}
	h := *p
	h.layers = p.layers[:l:l]
	return &h
}

// Kernel returns the covariance of the process at two inputs, of one number per
// input of the network.
func (p *Process) Kernel(x, y []float64) float64 {
	at := p.pair(x, y)
	return at.p * at.q * at.correlation()
}

// Correlation returns the correlation at two inputs. Where the process is zero it
// counts as uncorrelated with everything but zero.
func (p *Process) Correlation(x, y []float64) float64 { return p.pair(x, y).correlation() }

// Angle returns the arccos of the correlation at two inputs, with a relative error
// of about 10⁻⁸ however close they are.
func (p *Process) Angle(x, y []float64) float64 { return p.pair(x, y).angle() }

// pair returns the pair of the process at two inputs.
func (p *Process) pair(x, y []float64) (last pair) {
	for at := range p.pairs(x, y) {
		last = at
	}
	return last
}

// pairs takes two inputs through the layers: the pairs of pre-activations.
func (p *Process) pairs(x, y []float64) iter.Seq[pair] {
	return func(yield func(pair) bool) {
		at := p.layers[0].first(x, y)
		for l := 1; yield(at) && l < len(p.layers); l++ {
			if l == 1 && p.first != nil {
				at = p.first.pair(x, y).layer(p.layers[l])
			} else {
				at = p.phi.pair(at).layer(p.layers[l])
			}
		}
	}
}

// checkGaussian refuses the first layer's pre-activations under uniform weights.
func (p *Process) checkGaussian() error {
	if p.first != nil && len(p.layers) == 1 {
		return inapplicable("the first layer's weights are uniform: its pre-activations are not Gaussian")
	}
	return nil
}
