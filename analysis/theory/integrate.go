package theory

import (
	"container/heap"
	"math"
)

const (
	tolerance      = 1e-10 // relative error asked of integrals over inputs
	negligible     = 1e-14 // absolute error that is always good enough
	integrandError = 1e-11 // relative error of what is integrated
)

// integrate returns the integral of f over [from,to], cut where the integrand may be
// singular or steep: at zero, if that lies inside.
//
// The panel on which 12 Gauss–Legendre nodes differ most from those on its halves is
// halved, and so on, until all differences together are within the tolerance, relative
// to the whole, or a negligible part of scale; or until there are a thousand panels. The
// error is three times their sum, which is far more than that of the finer sums where f
// is smooth, and enough where it goes like 1/√x at an end; and that of f itself.
func integrate(f func(float64) float64, from, to, scale float64) Value {
	if from < 0 && to > 0 {
		a, b := integrate(f, from, 0, scale), integrate(f, 0, to, scale)
		return Value{a.Value + b.Value, a.Error + b.Error}
	}
	panels := stretches{newStretch(f, from, to, legendre(f, from, to))}
	v := panels.sum()
	for len(panels) < 1000 && v.Error > max(tolerance*math.Abs(v.Value), negligible*scale) {
		worst := heap.Pop(&panels).(stretch)
		middle := worst.from + (worst.to-worst.from)/2
		heap.Push(&panels, newStretch(f, worst.from, middle, worst.left))
		heap.Push(&panels, newStretch(f, middle, worst.to, worst.right))
		v = panels.sum()
	}
	v.Error = 3*v.Error + integrandError*math.Abs(v.Value)
	return v
}

// stretch is a panel of an integral with the sums on its two halves.
type stretch struct {
	from, to, left, right float64
	off                   float64 // by which their sum differs from that on the whole
}

func newStretch(f func(float64) float64, from, to, whole float64) stretch {
	middle := from + (to-from)/2
	left, right := legendre(f, from, middle), legendre(f, middle, to)
	return stretch{from, to, left, right, math.Abs(left + right - whole)}
}

// stretches are a heap of panels, the one that is off most on top.
type stretches []stretch

func (s stretches) Len() int           { return len(s) }
func (s stretches) Less(i, j int) bool { return s[i].off > s[j].off }
func (s stretches) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }
func (s *stretches) Push(x any)        { *s = append(*s, x.(stretch)) }
func (s *stretches) Pop() any {
	last := (*s)[len(*s)-1]
	*s = (*s)[:len(*s)-1]
	return last
}

func (s stretches) sum() Value {
	var v Value
	for _, p := range s {
		v.Value += p.left + p.right
		v.Error += p.off
	}
	return v
}

// legendre returns the 12-node Gauss–Legendre sum of f over [from,to].
func legendre(f func(float64) float64, from, to float64) float64 {
	var sum float64
	for _, n := range legendre12 {
		sum += n.weight * f(from+(to-from)*n.z)
	}
	return sum * (to - from)
}
