package theory

import "math"

const (
	tolerance      = 1e-10 // relative error asked of integrals over inputs
	negligible     = 1e-14 // absolute error that is always good enough
	integrandError = 1e-11 // relative error of what is integrated
)

// integrate returns the integral of f over [from,to], cut where the integrand may be
// singular or steep: at zero, if that lies inside.
//
// A panel is halved until 12 Gauss–Legendre nodes on it and on its halves agree to the
// tolerance, relative to the whole, or differ by a negligible part of scale; or until
// there are a thousand panels. The error is the sum of what they differ by, which is
// far more than that of the finer sum where f is smooth, and that of f itself.
func integrate(f func(float64) float64, from, to, scale float64) Value {
	if from < 0 && to > 0 {
		a, b := integrate(f, from, 0, scale), integrate(f, 0, to, scale)
		return Value{a.Value + b.Value, a.Error + b.Error}
	}
	whole := legendre(f, from, to)
	i := integrator{f, 1000}
	v := i.refine(from, to, whole, max(tolerance*math.Abs(whole), negligible*scale))
	v.Error += integrandError * math.Abs(v.Value)
	return v
}

type integrator struct {
	f      func(float64) float64
	panels int // that may still be halved
}

func (i *integrator) refine(from, to, whole, allowed float64) Value {
	middle := from + (to-from)/2
	left, right := legendre(i.f, from, middle), legendre(i.f, middle, to)
	off := math.Abs(left + right - whole)
	if i.panels--; off <= allowed || i.panels < 0 {
		return Value{left + right, off}
	}
	a, b := i.refine(from, middle, left, allowed/2), i.refine(middle, to, right, allowed/2)
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
