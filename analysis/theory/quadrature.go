package theory

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
)

// node is a point of a rule for expectations of a standard normal variable.
type node struct{ z, weight float64 }

const (
	zMax     = 9.0 // beyond it lies a probability of 2·10⁻¹⁹
	maxNodes = 640
)

// appendSinh appends the rule for functions of φ(pz), φ analytic but for
// singularities on the imaginary axis no nearer than π/2: the trapezoidal rule in t,
// z = sinh(t)/max(p,1). The integrand is analytic and decays for |Im t| < π/4, so
// the error is about e^(-2π(π/4)/h) = 10⁻¹⁷ at h = 1/8 (Trefethen and Weideman 2014,
// theorem 5.1).
func appendSinh(to []node, p float64) []node {
	const h = 1. / 8
	scale := scaleOf(p)
	last := min(int(math.Asinh(zMax/scale)/h)+1, maxNodes/2-1)
	for k := -last; k <= last; k++ {
		t := float64(k) * h
		z := scale * math.Sinh(t)
		to = append(to, node{z, h * scale * math.Cosh(t) * density(z)})
	}
	return to
}

// appendPanels appends a composite Gauss–Legendre rule of 12 nodes a panel on [l,r],
// cut at the centres, where functions may have kinks. No panel is longer than longest,
// nor than twice its distance from a centre unless it is shorter than scale, on which
// functions may change there.
func appendPanels(to []node, l, r float64, centres []float64, scale, longest float64) []node {
	if !(l < r) {
		return to
	}
	most := longest
	for _, c := range centres {
		if l < c && c < r {
			return appendPanels(appendPanels(to, l, c, centres, scale, longest), c, r, centres, scale, longest)
		}
		most = min(most, max(scale, 2*(l-c), 2*(c-r)))
	}
	if middle := l + (r-l)/2; r-l > most && l < middle && middle < r {
		return appendPanels(appendPanels(to, l, middle, centres, scale, longest), middle, r, centres, scale, longest)
	}
	for _, n := range legendre12 {
		to = append(to, node{l + (r-l)*n.z, (r - l) * n.weight})
	}
	return to
}

// appendNormal appends such a rule for expectations of a standard normal variable.
// Panels of length 2.25 integrate its density times a polynomial of low degree to
// 10⁻¹⁵, of 4.5 to 10⁻¹⁰.
func appendNormal(to []node, centre, scale, longest float64) []node {
	first := len(to)
	to = appendPanels(to, -zMax, zMax, []float64{centre}, scale, longest)
	for i, n := range to[first:] {
		to[first+i].weight *= density(n.z)
	}
	return to
}

var (
	legendre12 = legendreRule(12)
	hermite4   = hermiteNodes(4)
	hermite8   = hermiteNodes(8)
	hermite16  = hermiteNodes(16)
)

// legendreRule returns the Gauss–Legendre rule on [0,1].
func legendreRule(n int) []node {
	x, w := make([]float64, n), make([]float64, n)
	quad.Legendre{}.FixedLocations(x, w, 0, 1)
	return rule(x, w, 1, 1)
}

// hermiteNodes returns the Gauss–Hermite rule for the normal density.
func hermiteNodes(n int) []node {
	x, w := make([]float64, n), make([]float64, n)
	quad.Hermite{}.FixedLocations(x, w, math.Inf(-1), math.Inf(1))
	return rule(x, w, math.Sqrt2, 1/math.Sqrt(math.Pi))
}

func rule(x, w []float64, scale, factor float64) []node {
	nodes := make([]node, len(x))
	for i := range x {
		nodes[i] = node{scale * x[i], factor * w[i]}
	}
	return nodes
}

// hermiteRule returns a rule for functions of φ(s w), nil if no short one will do.
func hermiteRule(s float64) []node {
	switch {
	case s < .01:
		return hermite4
	case s < .1:
		return hermite8
	case s < .3:
		return hermite16
	}
	return nil
}
