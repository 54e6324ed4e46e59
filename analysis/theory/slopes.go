package theory

import (
	"math"

	"nodal/schema"
)

// Slopes says how the process f and its gradient vary together at one input. All
// slices are indexed by the inputs of the network. With one input at which f is zero
// without fail, Given is that of the gradient.
type Slopes struct {
	Variance float64     // Var f
	Cross    []float64   // Cov(f, ∂ᵢf)
	Gradient [][]float64 // Cov(∂ᵢf, ∂ⱼf), infinite behind a step function
	Given    [][]float64 // Cov(∂ᵢf, ∂ⱼf | f), found without subtracting
}

// Slopes returns the covariances of the process and its gradient at an input x on the
// grid or between its ends.
func (p *Process) Slopes(x []float64) Slopes {
	at, n := p.tangent(x), len(x)
	s := Slopes{Variance: at.p * at.p, Cross: make([]float64, n), Gradient: make([][]float64, n), Given: make([][]float64, n)}
	for i := range n {
		s.Cross[i] = at.p * at.along[i]
		s.Gradient[i], s.Given[i] = make([]float64, n), make([]float64, n)
		for j := range n {
			s.Given[i][j] = at.given[i][j]
			s.Gradient[i][j] = at.given[i][j] + at.along[i]*at.along[j]
		}
	}
	return s
}

// tangent describes a centred Gaussian variable f, or φ(f), and its gradient by the
// input: the infinitesimal [pair].
type tangent struct {
	p     float64       // √E f²
	along [2]float64    // Cov(∂ᵢf, f)/p
	given [2][2]float64 // Cov(∂ᵢf, ∂ⱼf) - alongᵢ alongⱼ
}

// tangent takes an input and its neighbourhood through the layers.
func (p *Process) tangent(x []float64) tangent {
	at := p.layers[0].tangent(x)
	for l, s := range p.layers[1:] {
		if l == 0 && p.first != nil {
			at = p.first.tangent(x).layer(s)
			continue
		}
		at = at.activated(p.phi.moments(at.p)).layer(s)
	}
	return at
}

// tangent returns that of the first layer's pre-activation, where
// σw²(p²δᵢⱼ - σw²xᵢxⱼ)/p² = σw²(σb²δᵢⱼ + σw²(|x|²δᵢⱼ - xᵢxⱼ))/p².
func (l layer) tangent(x []float64) tangent {
	var t tangent
	u := [2]float64{}
	p2, b2, w2 := l.bias*l.bias, l.bias*l.bias, l.weight*l.weight
	for i := range x {
		u[i] = l.weight * x[i]
		p2 += u[i] * u[i]
	}
	if p2 == 0 {
		for i := range x {
			t.given[i][i] = w2
		}
		return t
	}
	t.p = math.Sqrt(p2)
	for i := range x {
		t.along[i] = l.weight * u[i] / t.p
		for j := range x {
			t.given[i][j] = -w2 * u[i] * u[j] / p2
		}
		t.given[i][i] = w2 * (b2 + u[1-i]*u[1-i]) / p2
	}
	return t
}

// activated returns the tangent of φ(f), given the moments of φ at f's norm: its
// gradient is φ'(f)∇f, and ∇f is z·along plus what is independent of f = pz.
func (t tangent) activated(m moments) tangent {
	h := tangent{p: math.Sqrt(m.square)}
	for i := range t.given {
		if h.p > 0 {
			h.along[i] = t.along[i] * m.along / h.p
		}
		for j := range t.given {
			h.given[i][j] = t.along[i] * t.along[j] * m.across
			if t.given[i][j] != 0 { // the slope may be infinite
				h.given[i][j] += t.given[i][j] * m.slope
			}
		}
	}
	return h
}

// layer returns the tangent of a weighted sum with bias of hidden values with the
// tangent t: the bias takes the share b²/p² of the direction along f.
func (t tangent) layer(l layer) tangent {
	w, w2 := l.weight*t.p, l.weight*l.weight
	s := tangent{p: math.Hypot(w, l.bias)}
	if s.p == 0 {
		s.given = t.given
		for i := range t.given {
			for j := range t.given {
				s.given[i][j] *= w2
			}
		}
		return s
	}
	share := l.bias / s.p * (l.bias / s.p)
	for i := range t.given {
		s.along[i] = l.weight * t.along[i] * w / s.p
		for j := range t.given {
			s.given[i][j] = w2 * (t.given[i][j] + t.along[i]*t.along[j]*share)
		}
	}
	return s
}

// checkSlopes refuses processes that are not Gaussian or whose gradient has no finite
// variance.
func (p *Process) checkSlopes() error {
	if err := p.checkGaussian(); err != nil {
		return err
	}
	if p.configuration.Activation == schema.Step && len(p.layers) > 1 {
		return inapplicable("behind step units the limit is rough: its zeros are infinitely many")
	}
	return nil
}

// checkInputs refuses processes of another number of inputs than the one asked for.
func (p *Process) checkInputs(n int) error {
	if p.configuration.Inputs != n {
		return inapplicable("of %d inputs only, not %d", n, p.configuration.Inputs)
	}
	return nil
}
