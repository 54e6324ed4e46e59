package theory

import "math"

// tolerance is the relative error asked of integrals over inputs.
const tolerance = 1e-10

// integrate returns the integral of f over [from,to], cut where the integrand may be
// singular or steep: at zero, if that lies inside.
//
// A panel is halved until 12 Gauss–Legendre nodes on it and on its halves agree to the
// tolerance, relative to the whole. The error is the sum of what they differ by, which
// is far more than the error of the finer sum where f is smooth.
func integrate(f func(float64) float64, from, to float64) Value {
	if from < 0 && to > 0 {
		a, b := integrate(f, from, 0), integrate(f, 0, to)
		return Value{a.Value + b.Value, a.Error + b.Error}
	}
	whole := legendre(f, from, to)
	return refine(f, from, to, whole, tolerance*math.Abs(whole), 40)
}

func refine(f func(float64) float64, from, to, whole, allowed float64, halvings int) Value {
	middle := from + (to-from)/2
	left, right := legendre(f, from, middle), legendre(f, middle, to)
	off := math.Abs(left + right - whole)
	if off <= allowed || halvings == 0 {
		return Value{left + right, off}
	}
	a := refine(f, from, middle, left, allowed/2, halvings-1)
	b := refine(f, middle, to, right, allowed/2, halvings-1)
	return Value{a.Value + b.Value, a.Error + b.Error}
}

// legendre returns the 12-node Gauss–Legendre sum of f over [from,to].
func legendre(f func(float64) float64, from, to float64) float64 {
	var sum float64
	for _, n := range legendre12 {
		sum += n.weight * f(from+(to-from)*n.z)
	}
	return sum * (to - from)
}
