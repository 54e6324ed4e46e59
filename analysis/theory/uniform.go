package theory

import "math"

// uniformLayer is a first layer whose weights are uniform on [-reach,reach] and whose
// biases are normal, or zero. Its few weights per unit make no Gaussian process, but
// its units are independent, so the layer behind it is one in the limit; expectations
// over a unit are sums over a rule for its weights and its bias.
type uniformLayer struct {
	reach, bias float64
	phi         smooth
}

// unit is a node of the rule: a unit's weights and its pre-activations at two inputs.
type unit struct {
	weight float64 // of the node
	w      [2]float64
	u, v   float64
}

// units returns the rule for functions of φ(u) and φ(v) at inputs x and y. A panel
// is as long as changes u or v by no more than 2, which gives 13 digits of functions
// whose singularities are π/2 away; kinks are cut at.
func (l uniformLayer) units(x, y []float64) []unit {
	var x2, y2 [2]float64
	copy(x2[:], x)
	copy(y2[:], y)
	r := unitRule{uniformLayer: l, x: x2, y: y2}
	if len(x) == 1 {
		r.last(unit{weight: 1}, 0)
		return r.units
	}
	var centres []float64
	if l.phi.kinked {
		centres = []float64{0} // where the kinks of u and v meet
	}
	for _, z := range [][2]float64{x2, y2} {
		if l.phi.kinked && z[0] != 0 { // where one leaves the other weight's range
			at := l.reach * z[1] / z[0]
			centres = append(centres, at, -at)
		}
	}
	for _, n := range r.weights(0, centres) {
		r.last(unit{weight: n.weight, w: [2]float64{n.z}, u: n.z * x2[0], v: n.z * y2[0]}, 1)
	}
	return r.units
}

// unitRule gathers the nodes of a rule.
type unitRule struct {
	uniformLayer
	x, y  [2]float64
	units []unit
}

// weights returns a rule for weight i, of total 1.
func (r *unitRule) weights(i int, centres []float64) []node {
	size := max(math.Abs(r.x[i]), math.Abs(r.y[i]))
	scale := math.Inf(1)
	if r.bias > 0 {
		scale = r.bias / size // the bias blurs kinks
	}
	nodes := appendPanels(nil, -r.reach, r.reach, centres, scale, 2/size)
	for k := range nodes {
		nodes[k].weight /= 2 * r.reach
	}
	return nodes
}

// last goes through weight i, the last, and the bias.
func (r *unitRule) last(at unit, i int) {
	var centres []float64
	if r.phi.kinked {
		if r.x[i] != 0 {
			centres = append(centres, -at.u/r.x[i])
		}
		if r.y[i] != 0 {
			centres = append(centres, -at.v/r.y[i])
		}
	}
	for _, n := range r.weights(i, centres) {
		next := at
		next.weight *= n.weight
		next.w[i] = n.z
		next.u += n.z * r.x[i]
		next.v += n.z * r.y[i]
		r.biases(next)
	}
}

func (r *unitRule) biases(at unit) {
	if r.bias == 0 {
		r.units = append(r.units, at)
		return
	}
	var buffer [maxNodes]node
	nodes := buffer[:0]
	if rule := hermiteRule(r.bias); rule != nil && !r.phi.kinked {
		nodes = rule
	} else if !r.phi.kinked {
		nodes = appendSinh(nodes, r.bias)
	} else {
		nodes = appendPanels(nodes, -zMax, zMax, []float64{-at.u / r.bias, -at.v / r.bias}, 2.25, min(2.25, 2/r.bias))
		for k := range nodes {
			nodes[k].weight *= density(nodes[k].z)
		}
	}
	for _, n := range nodes {
		next := at
		next.weight *= n.weight
		next.u += r.bias * n.z
		next.v += r.bias * n.z
		r.units = append(r.units, next)
	}
}

// pair returns the pair φ(u), φ(v) at inputs x and y, as [smooth.pair] does.
func (l uniformLayer) pair(x, y []float64) pair {
	units := l.units(x, y)
	var p2, q2 float64
	for k, n := range units {
		u, v := l.phi.value(n.u), l.phi.value(n.v)
		p2 += n.weight * u * u
		q2 += n.weight * v * v
		units[k].u, units[k].v = u, v
	}
	p, q := math.Sqrt(p2), math.Sqrt(q2)
	if p == 0 || q == 0 {
		return degenerate(p, q)
	}
	var e float64
	for _, n := range units {
		d := n.u/p - n.v/q
		e += n.weight * d * d
	}
	return pair{p, q, p - q, e}
}

// tangent returns that of φ(u) at input x: the gradient is φ'(u)w. What is left of it
// given φ(u) on the average is found as the mean of its square.
func (l uniformLayer) tangent(x []float64) tangent {
	units := l.units(x, x)
	var square float64
	var along [2]float64
	for k, n := range units {
		h, d := l.phi.value(n.u), l.phi.derivative(n.u)
		square += n.weight * h * h
		for i := range x {
			along[i] += n.weight * h * d * n.w[i]
		}
		units[k].u, units[k].v = h, d
	}
	t := tangent{p: math.Sqrt(square)}
	var beta [2]float64
	if square > 0 {
		for i := range x {
			t.along[i] = along[i] / t.p
			beta[i] = along[i] / square
		}
	}
	for _, n := range units {
		for i := range x {
			for j := range x {
				t.given[i][j] += n.weight * (n.v*n.w[i] - beta[i]*n.u) * (n.v*n.w[j] - beta[j]*n.u)
			}
		}
	}
	return t
}
