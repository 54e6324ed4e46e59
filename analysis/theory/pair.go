package theory

import "math"

// pair describes two centred Gaussian variables u and v, or φ(u) and φ(v), by what
// stays accurate when they are nearly the same.
type pair struct {
	p, q float64 // √E u², √E v²
	r    float64 // p - q
	e    float64 // 2(1-ρ), ρ the correlation: the squared distance of u/p and v/q
}

func (a pair) correlation() float64 { return max(1-a.e/2, -1) }

// angle returns arccos ρ. The chord of the angle is √e.
func (a pair) angle() float64 { return 2 * math.Atan2(math.Sqrt(a.e), math.Sqrt(max(4-a.e, 0))) }

// sine returns sin θ = 2 sin(θ/2) cos(θ/2).
func (a pair) sine() float64 { return math.Sqrt(a.e * max(1-a.e/4, 0)) }

// degenerate returns the pair of norms p and q of which one at least is zero: zero
// is uncorrelated with everything but zero.
func degenerate(p, q float64) pair {
	if p == q {
		return pair{}
	}
	return pair{p: p, q: q, r: p - q, e: 2}
}

// first returns the pair of first-layer pre-activations of inputs x and y, those of
// vectors (σb, σw x) and (σb, σw y). The sine of their angle is the length of their
// exterior product, whose parts are products with x-y.
func (l layer) first(x, y []float64) pair {
	p2, q2, dot := l.bias*l.bias, l.bias*l.bias, l.bias*l.bias
	var along, exterior float64 // (x-y)·(x+y) and |X∧Y|²/σw²
	for i := range x {
		u, v, d := l.weight*x[i], l.weight*y[i], l.weight*(x[i]-y[i])
		p2, q2, dot = p2+u*u, q2+v*v, dot+u*v
		along += d * (u + v)
		exterior += l.bias * d * l.bias * d
		for j := range i {
			w := u*l.weight*(y[j]-x[j]) - l.weight*x[j]*-d
			exterior += w * w
		}
	}
	p, q := math.Sqrt(p2), math.Sqrt(q2)
	if p == 0 || q == 0 {
		return degenerate(p, q)
	}
	rho := dot / p / q
	e := 2 * (1 - rho)
	if rho > 0 {
		e = 2 * exterior / (p2 * q2) / (1 + rho) // 1-ρ = sin²/(1+ρ)
	}
	return pair{p, q, along / (p + q), e}
}

// layer returns the pair of weighted sums with bias, whose hidden values are a:
// covariances times weight², plus bias².
//
// With P = √(p²+b²) and Q = √(q²+b²), p and q being weighted,
//
//	P Q E = p q e + r² (1 - ((p+q)/(P+Q))²)
//
// where (P+Q)² - (p+q)² = 2b² + 2(PQ-pq) and PQ-pq = b²(p²+q²+b²)/(PQ+pq): nothing
// is subtracted.
func (a pair) layer(l layer) pair {
	p, q, r, b2 := l.weight*a.p, l.weight*a.q, l.weight*a.r, l.bias*l.bias
	if b2 == 0 {
		return pair{p, q, r, a.e}
	}
	bp, bq := math.Hypot(p, l.bias), math.Hypot(q, l.bias)
	s := bp + bq
	spread := 2*b2 + 2*b2*(p*p+q*q+b2)/(bp*bq+p*q)
	return pair{bp, bq, r * (p + q) / s, (p*q*a.e + r*r*spread/(s*s)) / (bp * bq)}
}
