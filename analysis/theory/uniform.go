package theory

import "math"

// uniformLayer is a first layer whose weights are uniform on [-reach,reach] and whose
// biases are normal, or zero. Its few weights per unit make no Gaussian process, but
// its units are independent, so the layer behind it is one in the limit; expectations
// over a unit are sums over a rule for its weights and its bias.
type uniformLayer struct {
	reach, bias float64
	phi         smooth

	means [3]interpolant // those of overBias; nil without biases
}

// newUniformLayer returns the layer for inputs whose sizes sum to extent at most.
func newUniformLayer(reach, bias, extent float64, phi smooth) *uniformLayer {
	l := &uniformLayer{reach: reach, bias: bias, phi: phi}
	if bias == 0 || math.IsInf(phi.derivative(0), 0) {
		return l
	}
	for k := range l.means {
		mean := func(a float64) float64 { return l.sumOverBias(a)[k] }
		l.means[k] = interpolate(mean, -reach*extent, reach*extent)
	}
	return l
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
	r := unitRule{uniformLayer: l}
	r.gather(x, y)
	return r.units
}

// unitRule gathers the nodes of a rule.
type unitRule struct {
	uniformLayer
	x, y        [2]float64
	withoutBias bool // u and v without the bias, for functions that it has blurred
	units       []unit
}

func (r *unitRule) gather(x, y []float64) {
	copy(r.x[:], x)
	copy(r.y[:], y)
	if len(x) == 1 {
		r.last(unit{weight: 1}, 0)
		return
	}
	var centres []float64
	if r.phi.kinked {
		centres = []float64{0} // where the kinks of u and v meet
		for _, z := range [][2]float64{r.x, r.y} {
			if z[0] != 0 { // where one leaves the other weight's range
				at := r.reach * z[1] / z[0]
				centres = append(centres, at, -at)
			}
		}
	}
	for _, n := range r.weights(0, centres) {
		r.last(unit{weight: n.weight, w: [2]float64{n.z}, u: n.z * r.x[0], v: n.z * r.y[0]}, 1)
	}
}

// units along an edge x, y that is parallel to axis i: what the other input and the
// bias add to both pre-activations is one variable, of a law that is uniform on
// [-reach·|xⱼ|, reach·|xⱼ|] and blurred by the bias. The weights of units are left zero.
func (l uniformLayer) alongAxis(x, y []float64, i int) []unit {
	r := unitRule{uniformLayer: l, x: [2]float64{x[i]}, y: [2]float64{y[i]}}
	edge := l.reach * math.Abs(x[1-i])
	var centres []float64
	if l.phi.kinked {
		centres = []float64{0}
		for _, z := range []float64{x[i], y[i]} {
			if z != 0 {
				centres = append(centres, edge/z, -edge/z)
			}
		}
	}
	var buffer [maxNodes]node
	for _, n := range r.weights(0, centres) {
		u, v := n.z*x[i], n.z*y[i]
		at := []float64{edge, -edge}
		if l.phi.kinked {
			at = append(at, -u, -v)
		}
		far := edge + zMax*l.bias
		for _, m := range appendPanels(buffer[:0], -far, far, at, 2.25*l.bias, 2) {
			r.units = append(r.units, unit{weight: n.weight * m.weight * l.blurred(m.z, edge), u: u + m.z, v: v + m.z})
		}
	}
	return r.units
}

// blurred returns the density at s of a uniform variable on [-edge,edge] plus the bias.
func (l uniformLayer) blurred(s, edge float64) float64 {
	if edge < 1e-9*l.bias {
		return density(s/l.bias) / l.bias
	}
	s = -math.Abs(s) // the lower tail is exact
	return (normalCDF((s+edge)/l.bias) - normalCDF((s-edge)/l.bias)) / (2 * edge)
}

// weights returns a rule for weight i, of total 1.
func (r *unitRule) weights(i int, centres []float64) []node {
	size := max(math.Abs(r.x[i]), math.Abs(r.y[i]))
	scale := math.Inf(1)
	if r.bias > 0 {
		scale = 2.25 * r.bias / size // the bias blurs kinks
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
		for _, line := range [][2]float64{{at.u, r.x[i]}, {at.v, r.y[i]}, {at.u - at.v, r.x[i] - r.y[i]}} {
			if line[1] != 0 { // u = 0, v = 0, u = v
				centres = append(centres, -line[0]/line[1])
			}
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
	if r.bias == 0 || r.withoutBias {
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

// pairUnits returns the shortest rule for functions of φ(u) and φ(v).
func (l uniformLayer) pairUnits(x, y []float64) []unit {
	if len(x) == 2 && l.bias > 0 {
		for i := range x {
			if x[1-i] == y[1-i] {
				return l.alongAxis(x, y, i)
			}
		}
	}
	return l.units(x, y)
}

// pair returns the pair φ(u), φ(v) at inputs x and y, as [smooth.pair] does.
func (l uniformLayer) pair(x, y []float64) pair {
	units := l.pairUnits(x, y)
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
	r := unitRule{uniformLayer: l, withoutBias: true}
	r.gather(x, x)
	means := make([][3]float64, len(r.units))
	var square float64
	var along, beta [2]float64
	for k, n := range r.units {
		means[k] = l.overBias(n.u)
		h, d := means[k][0], means[k][1]
		square += n.weight * h * h
		for i := range x {
			along[i] += n.weight * h * d * n.w[i]
		}
	}
	t := tangent{p: math.Sqrt(square)}
	if square > 0 {
		for i := range x {
			t.along[i], beta[i] = along[i]/t.p, along[i]/square
		}
	}
	for k, n := range r.units {
		h, d, rest := means[k][0], means[k][1], means[k][2]
		for i := range x {
			for j := range x {
				t.given[i][j] += n.weight * ((d*n.w[i]-beta[i]*h)*(d*n.w[j]-beta[j]*h) + n.w[i]*n.w[j]*rest)
			}
		}
	}
	return t
}

// overBias describes φ and φ' at a+b, b the bias, by numbers h, d and rest of which
//
//	E φ² = h²,  E φφ' = hd,  E φ'² = d² + rest
func (l uniformLayer) overBias(a float64) (means [3]float64) {
	if l.bias == 0 {
		return [3]float64{l.phi.value(a), l.phi.derivative(a), 0}
	}
	for k := range means {
		means[k] = l.means[k].at(a)
	}
	return means
}

// sumOverBias finds the numbers of overBias by quadrature.
func (l uniformLayer) sumOverBias(a float64) [3]float64 {
	var buffer [maxNodes]node
	nodes := appendNormal(buffer[:0], -a/l.bias, scaleOf(l.bias), 2.25)
	var square, product, rest float64
	for _, n := range nodes {
		u := a + l.bias*n.z
		square += n.weight * l.phi.value(u) * l.phi.value(u)
		product += n.weight * l.phi.value(u) * l.phi.derivative(u)
	}
	if square == 0 {
		return [3]float64{}
	}
	for _, n := range nodes {
		u := a + l.bias*n.z
		left := l.phi.derivative(u) - product/square*l.phi.value(u)
		rest += n.weight * left * left
	}
	h := math.Sqrt(square)
	return [3]float64{h, product / h, rest}
}
