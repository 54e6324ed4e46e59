package theory

import (
	"math"

	"nodal/schema"
)

// MeanField is the recursion of variances and correlations from layer to layer of a
// deep network all of whose hidden layers are alike (Poole et al. 2016; Schoenholz et
// al. 2017): q₊ = σb² + σw² E φ(√q z)².
type MeanField struct {
	Activation     schema.Activation
	WeightVariance float64 // σw²: weights have this variance over their fan-in
	BiasVariance   float64 // σb²
}

// Variance returns the fixed point q* of the variance that deep layers reach from a
// variance of 1. ok is false if they reach none: the variance grows without bound, or
// swings, or stays what it is as with ReLU at σw² = 2 and no biases.
func (m MeanField) Variance() (q Value, ok bool) {
	phi := expectationsOf(m.Activation)
	change := func(q float64) float64 {
		d := m.BiasVariance - q + m.WeightVariance*phi.moments(math.Sqrt(q)).square
		if math.Abs(d) < 1e-14*q {
			return 0
		}
		return d
	}
	// A rising map leads to the next fixed point above if the variance grows at
	// first, else to the next below.
	low, high := 1., 1.
	for ; change(high) > 0; low, high = high, 1.25*high {
		if high > 1e30 {
			return Value{}, false
		}
	}
	for ; change(low) < 0; low, high = low/1.25, low {
		if low < 1e-12 && m.BiasVariance == 0 && phi.moments(0).square == 0 {
			return Value{}, true
		}
	}
	at := bisect(change, low, high)
	return Value{at, 1e-13 * at}, math.Abs(m.growth(phi, at)) < 1-1e-12
}

// growth returns the derivative of the variance map at q > 0.
func (m MeanField) growth(phi expectations, q float64) float64 {
	p := math.Sqrt(q)
	return m.WeightVariance * phi.moments(p).along / p
}

// bisect returns a zero of f between a and b, f(a) ≥ 0 ≥ f(b) or the other way round,
// to rounding.
func bisect(f func(float64) float64, a, b float64) float64 {
	rising := f(a) < f(b)
	for range 200 {
		middle := a + (b-a)/2
		if middle == a || middle == b {
			break
		}
		if (f(middle) < 0) == rising {
			a = middle
		} else {
			b = middle
		}
	}
	return a + (b-a)/2
}

// Chi returns χ = σw² E φ'(√q* z)², the factor by which the squared distance of nearby
// inputs grows from layer to layer: above 1 they part (chaos), below they meet (order).
// ok is false where there is no q*, and of the step function, whose χ is infinite.
func (m MeanField) Chi() (chi Value, ok bool) {
	q, ok := m.Variance()
	slope := expectationsOf(m.Activation).moments(math.Sqrt(q.Value)).slope
	if !ok || math.IsInf(slope, 0) {
		return Value{}, false
	}
	return relative(m.WeightVariance * slope), true
}

// Correlation returns c*, the correlation that two inputs tend to in deep layers: 1
// where χ ≤ 1.
func (m MeanField) Correlation() (c Value, ok bool) {
	q, ok := m.Variance()
	if !ok || q.Value == 0 {
		return Value{}, false
	}
	phi, l := expectationsOf(m.Activation), m.layer()
	p := math.Sqrt(q.Value)
	// e = 2(1-c) is found by its logarithm, since it may be very small.
	grow := func(logE float64) float64 {
		e := math.Exp(logE)
		return phi.pair(pair{p: p, q: p, e: e}).layer(l).e - e
	}
	low, high := math.Log(1e-12), math.Log(4)
	if grow(low) <= 0 {
		return Value{1, 1e-12}, true
	}
	if grow(high) > 1e-12 {
		return Value{-1, 1e-12}, true
	}
	high -= 1e-9 // c = -1 is an unstable fixed point of odd activations without biases
	e := math.Exp(bisect(grow, low, high))
	return Value{1 - e/2, 1e-12}, true
}

func (m MeanField) layer() layer {
	return layer{math.Sqrt(m.WeightVariance), math.Sqrt(m.BiasVariance)}
}

// CorrelationDepth returns ξ = -1/log χc, the number of layers in which correlations
// come nearer to c* by a factor of e, χc = σw² E φ'(u)φ'(v) at correlation c*
// (Schoenholz et al. 2017, equation 9). It is infinite at the edge of chaos.
func (m MeanField) CorrelationDepth() (Value, bool) {
	c, ok := m.Correlation()
	if !ok {
		return Value{}, false
	}
	q, _ := m.Variance()
	p := math.Sqrt(q.Value)
	slopes := expectationsOf(m.Activation).slopes(pair{p: p, q: p, e: 2 * (1 - c.Value)})
	return depthOf(m.WeightVariance * slopes)
}

// VarianceDepth returns ξ = -1/log of the derivative of the variance map at q*, the
// number of layers in which variances come nearer to q* by a factor of e (Schoenholz
// et al. 2017, equation 7).
func (m MeanField) VarianceDepth() (Value, bool) {
	q, ok := m.Variance()
	if !ok || q.Value == 0 {
		return Value{}, false
	}
	return depthOf(m.growth(expectationsOf(m.Activation), q.Value))
}

// depthOf returns -1/log of the factor by which distances shrink; ok is false unless
// they do or stay. The factor's relative error is multiplied by the depth.
func depthOf(factor float64) (Value, bool) {
	factor = math.Abs(factor)
	if !(factor <= 1) {
		return Value{}, false
	}
	depth := 1 / math.Abs(math.Log(factor))
	return Value{depth, depth * depth * 1e-11}, true
}

// relative returns a value found by quadrature.
func relative(x float64) Value { return Value{x, 1e-12 * math.Abs(x)} }

// EdgeOfChaos returns the weight variance at which χ = 1 for the given bias variance.
//
// With q for the unknown it is σw² = (q-σb²)/E φ² and (q-σb²) E φ'²/E φ² = 1 (Hayou,
// Doucet and Rousseau 2019, section 2.2); the smallest such q that is stable
// is taken. Without biases
// and with φ(0) = 0, q* is 0 and the edge 1/φ'(0)², or 2/(1+a²) for ReLU of slope a. ok
// is false if there is no edge: with biases none of ReLU, never one of the step function.
func EdgeOfChaos(a schema.Activation, biasVariance float64) (weightVariance Value, ok bool) {
	phi := expectationsOf(a)
	at := phi.moments(0)
	if math.IsInf(at.slope, 0) {
		return Value{}, false
	}
	if biasVariance == 0 && at.square == 0 {
		return relative(1 / at.slope), true
	}
	excess := func(logQ float64) float64 {
		q := biasVariance + math.Exp(logQ)
		m := phi.moments(math.Sqrt(q))
		return (q-biasVariance)*m.slope/m.square - 1
	}
	const step = .1
	for logQ := math.Log(1e-9); logQ < math.Log(1e9); logQ += step {
		if excess(logQ) < 0 && excess(logQ+step) >= 0 {
			q := math.Exp(bisect(excess, logQ, logQ+step))
			edge := relative(q / phi.moments(math.Sqrt(biasVariance+q)).square)
			m := MeanField{a, edge.Value, biasVariance}
			if math.Abs(m.growth(phi, biasVariance+q)) < 1 {
				return edge, true
			}
		}
	}
	return Value{}, false
}
