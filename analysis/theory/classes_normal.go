package theory

import "math"

// normalCDF returns Φ(x), without loss for very negative x.
func normalCDF(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }

// bivariateCDF returns the probability that two standard normals of correlation ρ
// are below u and v, not both of which are 0, given
//
//	a = (v-ρu)/√(1-ρ²), b = (u-ρv)/√(1-ρ²)
//
// The error is below 1e-15 (Owen 1956, section 2, where T(h, a) is our
// owenT(h, a·h)).
func bivariateCDF(u, v, a, b float64) float64 {
	p := (normalCDF(u)+normalCDF(v))/2 - owenT(u, a) - owenT(v, b)
	if u*v < 0 || u*v == 0 && u+v < 0 {
		p -= .5
	}
	return min(max(p, 0), 1)
}

// owenT returns Owen's function T(h, k/h) to 1e-16: for positive h and k the
// probability that of two independent standard normals the first is above h and
// the second between 0 and k/h times the first. It is even in h, odd in k/h, and
// T(h, k/h) + T(k, h/k) is known, so that the integral
//
//	T(h, a) = 1/2π ∫ exp(-h²(1+t²)/2)/(1+t²) dt, t from 0 to a
//
// is needed for a ≤ 1 alone.
func owenT(h, k float64) float64 {
	switch {
	case k == 0:
		return 0
	case math.Signbit(h) != math.Signbit(k):
		return -owenT(math.Abs(h), math.Abs(k))
	case h < 0:
		return owenT(-h, -k)
	case k > h:
		p, q := normalCDF(-h), normalCDF(-k)
		return (p+q)/2 - p*q - owenT(k, h)
	}
	var sum float64
	for _, n := range legendre12 {
		t := k / h * n.z
		sum += n.weight * math.Exp(-h*h*(1+t*t)/2) / (1 + t*t)
	}
	return sum * k / h / (2 * math.Pi)
}
