package theory

import "math"

// ramp is max(u,0) + slope·min(u,0): ReLU, leaky ReLU and the identity. It is
// homogeneous, so correlations do not depend on variances.
type ramp struct{ slope float64 }

func (f ramp) moments(p float64) moments {
	half := (1 + f.slope*f.slope) / 2
	return moments{square: p * p * half, slope: half, along: p * half}
}

// pair returns, with φ(u) = a u + (1-a) max(u,0) for the slope a,
//
//	(1+a²) ρ₊ = 2aρ + (1-a)² κ(θ),  κ(θ) = (sin θ + (π-θ)cos θ)/π
//
// κ the arc-cosine kernel of order 1 (Cho and Saul 2009, equation 6).
func (f ramp) pair(a pair) pair {
	if a.p == 0 || a.q == 0 {
		scale := math.Sqrt((1 + f.slope*f.slope) / 2)
		return degenerate(a.p*scale, a.q*scale)
	}
	one := 1 + f.slope*f.slope
	scale, rest := math.Sqrt(one/2), 1-f.slope
	return pair{a.p * scale, a.q * scale, a.r * scale,
		(2*f.slope*a.e + rest*rest*arcCosine(a)) / one}
}

// arcCosine returns 2(1-κ(θ)) = e + 2(θ cos θ - sin θ)/π, where the bracket is
// -θ³/3 + θ⁵/30 - θ⁷/840 + θ⁹/45360 - … to an error of θ¹¹/3991680 below 0.1.
func arcCosine(a pair) float64 {
	theta := a.angle()
	bracket := theta*a.correlation() - a.sine()
	if t := theta * theta; theta < .1 {
		bracket = -theta * t * (1./3 - t*(1./30-t*(1./840-t/45360)))
	}
	return a.e + 2*bracket/math.Pi
}

// slopes returns a + (1-a)²(π-θ)/(2π): both derivatives are 1 with probability
// (π-θ)/(2π), and a unless they are 1.
func (f ramp) slopes(a pair) float64 {
	rest := 1 - f.slope
	return f.slope + rest*rest*(math.Pi-a.angle())/(2*math.Pi)
}

// step is 1 where u ≥ 0, else 0.
type step struct{}

func (step) moments(p float64) moments {
	if p == 0 {
		return moments{square: 1, slope: math.Inf(1)}
	}
	return moments{square: .5, slope: math.Inf(1)}
}

// pair returns 1-ρ₊ = θ/π (Cho and Saul 2009, equation 5). A variable that is zero
// becomes 1, of correlation √½ with any other.
func (f step) pair(a pair) pair {
	p, q := math.Sqrt(f.moments(a.p).square), math.Sqrt(f.moments(a.q).square)
	e := 2 * a.angle() / math.Pi
	switch {
	case a.p == 0 && a.q == 0:
		e = 0
	case a.p == 0 || a.q == 0:
		e = 2 * (1 - math.Sqrt(.5))
	}
	return pair{p, q, p - q, e}
}

func (step) slopes(pair) float64 { return math.Inf(1) }
