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

// appendPanels appends a composite Gauss–Legendre rule on [-zMax,zMax] that is exact
// to rounding for functions that change on the scale of the density, except near
// centre, where they may have a kink and change on the given scale, and on that of
// start if it is positive. Panels grow threefold with the distance from centre.
func appendPanels(to []node, centre, scale, start float64) []node {
	if start > 0 {
		scale = min(scale, 3*start)
	}
	if away := math.Abs(centre) - zMax; away > 0 {
		centre, scale = math.Copysign(zMax, centre), max(scale, away)
	}
	for _, sign := range []float64{-1, 1} {
		width := min(scale, longest)
		for at := centre; sign*at < zMax; width = min(3*width, longest) {
			end := sign * min(sign*(at+sign*width), zMax)
			for _, n := range legendre12 {
				z := at + (end-at)*n.z
				to = append(to, node{z, math.Abs(end-at) * n.weight * density(z)})
			}
			at = end
		}
	}
	return to
}

// longest is the longest panel on which 12 nodes integrate the density times a
// polynomial of low degree to rounding.
const longest = 2.25

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
