package theory

import (
	"math"

	"nodal/schema"
)

// Below smallNorm the term across is a difference of nearly equal closed forms, and
// quadrature is used instead.
const smallNorm = .5

// errorFunction is erf.
type errorFunction struct{}

var erfAsSmooth = functionOf(schema.Erf)

// moments follows from E erf(pz)² = (2/π) asin(2p²/(1+2p²)) and Gaussian integrals.
func (errorFunction) moments(p float64) moments {
	if p < smallNorm {
		return erfAsSmooth.moments(p)
	}
	a := p * p
	s := 1 + 4*a
	square := 2 / math.Pi * math.Asin(2*a/(1+2*a))
	along := 4 / math.Pi * p / ((1 + 2*a) * math.Sqrt(s))
	return moments{
		square: square,
		slope:  4 / math.Pi / math.Sqrt(s),
		along:  along,
		across: 4/math.Pi/(s*math.Sqrt(s)) - along*along/square,
	}
}

// pair returns what follows from E erf(u)erf(v) = (2/π) asin B,
// B = 2pqρ/√((1+2p²)(1+2q²)) (Williams 1996, equation 11). What is lost by p ≠ q
// alone is found by quadrature, the rest is a difference of two arcsines.
func (f errorFunction) pair(a pair) pair {
	if a.p == 0 || a.q == 0 {
		return degenerate(math.Sqrt(f.moments(a.p).square), math.Sqrt(f.moments(a.q).square))
	}
	p2, q2 := a.p*a.p, a.q*a.q
	s, t := 1+2*p2, 1+2*q2
	p, q := math.Sqrt(2/math.Pi*math.Asin(2*p2/s)), math.Sqrt(2/math.Pi*math.Asin(2*q2/t))
	b0 := 2 * a.p * a.q / math.Sqrt(s*t) // B at correlation 1
	b := b0 * a.correlation()
	lost := math.Asin(b0) - math.Asin(b)
	if b > 0 {
		c0, gain := (s+2*q2)/(s*t), (b0+b)*b0*a.e/2 // 1-b0² and b0²-b²
		lost = math.Asin(gain / (b0*math.Sqrt(c0+gain) + b*math.Sqrt(c0)))
	}
	radial := erfAsSmooth.radial(a.p, a.q, p, q)
	return pair{p, q, p - q, radial + 4/math.Pi*lost/(p*q)}
}

// slopes returns (4/π)/√((1+2p²)(1+2q²)-4p²q²ρ²).
func (errorFunction) slopes(a pair) float64 {
	c := 2 * a.p * a.q * a.correlation()
	return 4 / math.Pi / math.Sqrt((1+2*a.p*a.p)*(1+2*a.q*a.q)-c*c)
}

// sine is sin. E sin(u)sin(v) = e^(-(p²+q²)/2) sinh(pqρ), from the characteristic
// function.
type sine struct{}

var sineAsSmooth = functionOf(schema.Sin)

func (sine) moments(p float64) moments {
	if p < smallNorm {
		return sineAsSmooth.moments(p)
	}
	a := p * p
	d := math.Exp(-2 * a) // E cos 2pz
	square, along := -math.Expm1(-2*a)/2, p*d
	return moments{
		square: square,
		slope:  (1 + d) / 2,
		along:  along,
		across: (1+(1-4*a)*d)/2 - along*along/square,
	}
}

// pair writes 1-ρ₊ as what p ≠ q alone loses and what ρ < 1 loses on top. With
// h(x) = e⁻ˣ sinh x the first is 1-√(1-y),
//
//	y = 1 - sinh²(pq)/(sinh p² sinh q²) = (h((p+q)²/2) h(r²/2) - h(t)² e^(-2min(p²,q²)))/(h(p²)h(q²))
//
// with t = |p²-q²|/2, and the second 2cosh(pq(1+ρ)/2) sinh(pq(1-ρ)/2)/√(sinh p² sinh q²).
func (sine) pair(a pair) pair {
	h := func(x float64) float64 { return -math.Expm1(-2*x) / 2 }
	if a.p == 0 || a.q == 0 {
		return degenerate(math.Sqrt(h(a.p*a.p)), math.Sqrt(h(a.q*a.q)))
	}
	hp, hq := h(a.p*a.p), h(a.q*a.q)
	sum, r2 := a.p+a.q, a.r*a.r
	t := h(sum * math.Abs(a.r) / 2)
	low := min(a.p, a.q)
	y := max((h(sum*sum/2)*h(r2/2)-t*t*math.Exp(-2*low*low))/(hp*hq), 0)
	pq := a.p * a.q
	lost := math.Exp(-r2/2) * (1 + math.Exp(-pq*(2-a.e/2))) * h(pq*a.e/4) / math.Sqrt(hp*hq)
	p, q := math.Sqrt(hp), math.Sqrt(hq)
	return pair{p, q, p - q, 2 * (y/(1+math.Sqrt(max(1-y, 0))) + lost)}
}

// slopes returns E cos(u)cos(v) = e^(-(p²+q²)/2) cosh(pqρ).
func (sine) slopes(a pair) float64 {
	pq, mean := a.p*a.q*a.correlation(), (a.p*a.p+a.q*a.q)/2
	return (math.Exp(pq-mean) + math.Exp(-pq-mean)) / 2
}

// bell is e^(-u²). E e^(-u²-v²) = 1/√D, D = (1+2p²)(1+2q²) - 4p²q²ρ², from the
// determinant of the covariance.
type bell struct{}

func (bell) moments(p float64) moments {
	a := p * p
	s := 1 + 4*a
	root := math.Sqrt(s)
	return moments{
		square: 1 / root,
		slope:  4 * a / (s * root),
		along:  -2 * p / (s * root),
		across: 8 * a / (s * s * root),
	}
}

// pair returns ρ₊ = (1-y)^(1/4) with 1-y = (1+4p²)(1+4q²)/D², written without
// differences: D = 1+2p²+2q² + η, η = 4p²q²(1-ρ²), and
// D² - (1+4p²)(1+4q²) = 4(p²-q²)² + 2(D-η)η + η².
func (bell) pair(a pair) pair {
	p2, q2 := a.p*a.p, a.q*a.q
	eta := 4 * p2 * q2 * a.e * (1 - a.e/4)
	d0, apart := 1+2*p2+2*q2, (a.p+a.q)*a.r
	d := d0 + eta
	y := (4*apart*apart + 2*d0*eta + eta*eta) / (d * d)
	p, q := math.Pow(1+4*p2, -.25), math.Pow(1+4*q2, -.25)
	return pair{p, q, p - q, -2 * math.Expm1(math.Log1p(-min(y, 1))/4)}
}

// slopes returns 4pqρ/D^(3/2), the derivative of 1/√D by the covariance.
func (bell) slopes(a pair) float64 {
	c := a.p * a.q * a.correlation()
	d := (1+2*a.p*a.p)*(1+2*a.q*a.q) - 4*c*c
	return 4 * c / (d * math.Sqrt(d))
}
