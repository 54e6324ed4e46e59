package theory

import (
	"math"
	"slices"
)

// panel interpolates a function on an interval by a polynomial through Chebyshev points.
type panel struct {
	from, to float64
	values   [panelPoints]float64
	off      float64 // the largest difference seen from the function between the points
}

const panelPoints = 16

// chebyshev holds the points on [-1,1], cos(kπ/15).
var chebyshev = func() (x [panelPoints]float64) {
	for k := range x {
		x[k] = math.Cos(math.Pi * float64(k) / (panelPoints - 1))
	}
	return x
}()

// fit interpolates f and says whether it fits: at places between points, chosen to
// lie on no symmetry, it differs by no more than 10⁻¹⁰ of its largest value, and 10⁻¹⁴
// for rounding.
func fit(f func(float64) float64, from, to float64) (p panel, fits bool) {
	p = panel{from: from, to: to}
	middle, half := from+(to-from)/2, (to-from)/2
	var largest float64
	for k, x := range chebyshev {
		p.values[k] = f(middle + half*x)
		largest = max(largest, math.Abs(p.values[k]))
	}
	for _, x := range []float64{-.97, -.61, .153, .85} {
		at := middle + half*x
		p.off = max(p.off, math.Abs(p.at(at)-f(at)))
	}
	return p, p.off <= 1e-10*largest+1e-14
}

// at returns the interpolant by the barycentric formula (Berrut and Trefethen 2004,
// equation 5.4).
func (p *panel) at(x float64) float64 {
	t := (x - (p.from + (p.to-p.from)/2)) / ((p.to - p.from) / 2)
	var above, below float64
	sign := 1.
	for k, c := range chebyshev {
		if t == c {
			return p.values[k]
		}
		w := sign / (t - c)
		if k == 0 || k == panelPoints-1 {
			w /= 2
		}
		above, below, sign = above+w*p.values[k], below+w, -sign
	}
	return above / below
}

// interpolant is a function on an interval in panels, each the half of an earlier one.
type interpolant []panel

// interpolate returns f to about 10⁻¹⁰ of its largest value on each panel, or in a
// hundred panels if more were needed.
func interpolate(f func(float64) float64, from, to float64) interpolant {
	return interpolant{}.extend(f, from, to)
}

func (i interpolant) extend(f func(float64) float64, from, to float64) interpolant {
	p, fits := fit(f, from, to)
	middle := from + (to-from)/2
	if fits || len(i) >= 100 || middle == from {
		return append(i, p)
	}
	return i.extend(f, from, middle).extend(f, middle, to)
}

func (i interpolant) at(x float64) float64 {
	k, _ := slices.BinarySearchFunc(i, x, func(p panel, x float64) int {
		if p.to < x {
			return -1
		}
		return 1
	})
	return i[min(k, len(i)-1)].at(x)
}

// terms are those of a sum: weight times a function of at, which is in order.
type terms struct {
	at, weight []float64
	value      func(at float64) float64
	exact      func(i int) float64 // term i, which is that but for rounding
}

// sum returns that of terms from..to-1: where the function is smooth they are
// interpolated, and the error is what the interpolant was seen to be off by; few terms,
// or such as are not smooth, are exact.
func (t *terms) sum(from, to int) Value {
	var v Value
	if to-from <= 2*panelPoints {
		for i := from; i < to; i++ {
			v.Value += t.exact(i)
		}
		return v
	}
	p, fits := fit(t.value, t.at[from], t.at[to-1])
	if !fits {
		middle := from + (to-from)/2
		a, b := t.sum(from, middle), t.sum(middle, to)
		return Value{a.Value + b.Value, a.Error + b.Error}
	}
	for i := from; i < to; i++ {
		v.Value += t.weight[i] * p.at(t.at[i])
		v.Error += 2 * t.weight[i] * p.off
	}
	return v
}
