package surface

import "math"

// interpolant is a smooth function through the points of a grid over the unit square:
// bicubic in each cell, with continuous gradient. The tangents at the points are central
// differences of fourth order, limited as Fritsch and Carlson do ("Monotone piecewise
// cubic interpolation", 1980): along a grid line it rises where the points rise, so
// steps stay cliffs and do not ring. Beside a point that is an extremum of its line it
// may go beyond by less than half the smaller step there; what would be outside the
// range of all points is cut.
type interpolant struct {
	rows, columns int
	nodes         []node // [rows,columns]
	low, high     float32
}

// node is a grid point: the value and its derivatives along the first axis, the second
// and both, per cell.
type node [4]float32

// The numbers of a node.
const (
	height = iota
	slopeU
	slopeV
	twist
)

// fit makes the interpolant of values [rows,columns], all finite.
func (p *interpolant) fit(values []float32, rows, columns int) {
	p.rows, p.columns = rows, columns
	p.nodes = resized(p.nodes, rows*columns)
	p.low, p.high = values[0], values[0]
	for i, x := range values {
		p.nodes[i] = node{height: x}
		p.low, p.high = min(p.low, x), max(p.high, x)
	}
	for i := range rows {
		for j := range columns {
			at := i*columns + j
			p.nodes[at][slopeU] = p.tangent(height, at, columns, i, rows)
			p.nodes[at][slopeV] = p.tangent(height, at, 1, j, columns)
		}
	}
	for i := range rows {
		for j := range columns {
			// The twist of either order; they differ only where a limit holds.
			at := i*columns + j
			p.nodes[at][twist] = between(p.tangent(slopeV, at, columns, i, rows), p.tangent(slopeU, at, 1, j, columns))
		}
	}
}

// between returns the mean of two twists, or 0 if they disagree in sign.
func between(a, b float32) float32 {
	if a*b <= 0 {
		return 0
	}
	return (a + b) / 2
}

// tangent returns the limited slope of some number of the nodes at node `at`, place k of
// n along a line whose nodes are stride apart.
func (p *interpolant) tangent(number, at, stride, k, n int) float32 {
	of := func(steps int) float32 { return p.nodes[at+steps*stride][number] }
	x := of(0)
	switch {
	case n == 2 && k == 0:
		return of(1) - x
	case n == 2:
		return x - of(-1)
	case k == 0:
		return endTangent(of(1)-x, of(2)-of(1))
	case k == n-1:
		return endTangent(x-of(-1), of(-1)-of(-2))
	}
	before, after := of(-1), of(1)
	m := (after - before) / 2
	if k > 1 && k < n-2 { // the five-point difference, of fourth order
		m = (8*m - (of(2)-of(-2))/2) / 6
	}
	most := 3 * min(abs(x-before), abs(after-x))
	return min(max(m, -most), most)
}

// endTangent returns the tangent at an end from the difference to its neighbour and the
// one after that: of the parabola, as long as it points to the neighbour.
func endTangent(a, b float32) float32 {
	m := (3*a - b) / 2
	if m*a <= 0 {
		return 0
	}
	most := 3 * abs(a)
	return min(max(m, -most), most)
}

func abs(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }

// place returns the cell that holds a point of the unit square and where in it; points
// outside are moved to the border.
func (p *interpolant) place(x, y float32) (at int, a, b float32) {
	u := min(max(x, 0), 1) * float32(p.rows-1)
	v := min(max(y, 0), 1) * float32(p.columns-1)
	i, j := min(int(u), p.rows-2), min(int(v), p.columns-2)
	return i*p.columns + j, u - float32(i), v - float32(j)
}

// at returns the value at a point of the unit square.
func (p *interpolant) at(x, y float32) float32 {
	at, a, b := p.place(x, y)
	n00, n01 := &p.nodes[at], &p.nodes[at+1]
	n10, n11 := &p.nodes[at+p.columns], &p.nodes[at+p.columns+1]
	g0, g1, m0, m1 := hermite(b)
	h0, h1, k0, k1 := hermite(a)
	z := h0*(g0*n00[height]+m0*n00[slopeV]+g1*n01[height]+m1*n01[slopeV]) + k0*(g0*n00[slopeU]+m0*n00[twist]+g1*n01[slopeU]+m1*n01[twist]) +
		h1*(g0*n10[height]+m0*n10[slopeV]+g1*n11[height]+m1*n11[slopeV]) + k1*(g0*n10[slopeU]+m0*n10[twist]+g1*n11[slopeU]+m1*n11[twist])
	return min(max(z, p.low), p.high)
}

// slope returns the value and its gradient at a point of the unit square, per side of
// the square. Where the value is cut the gradient is that before the cut, so that shades
// have no edges.
func (p *interpolant) slope(x, y float32) (z, dx, dy float32) {
	at, a, b := p.place(x, y)
	n00, n01 := &p.nodes[at], &p.nodes[at+1]
	n10, n11 := &p.nodes[at+p.columns], &p.nodes[at+p.columns+1]
	g0, g1, m0, m1 := hermite(b)
	h0, h1, k0, k1 := hermite(a)
	f0 := g0*n00[height] + m0*n00[slopeV] + g1*n01[height] + m1*n01[slopeV]
	f1 := g0*n10[height] + m0*n10[slopeV] + g1*n11[height] + m1*n11[slopeV]
	t0 := g0*n00[slopeU] + m0*n00[twist] + g1*n01[slopeU] + m1*n01[twist]
	t1 := g0*n10[slopeU] + m0*n10[twist] + g1*n11[slopeU] + m1*n11[twist]
	z = min(max(h0*f0+k0*t0+h1*f1+k1*t1, p.low), p.high)

	e0, e1, l0, l1 := hermiteSlope(a)
	dx = (e0*f0 + l0*t0 + e1*f1 + l1*t1) * float32(p.rows-1)
	g0, g1, m0, m1 = hermiteSlope(b)
	dy = h0*(g0*n00[height]+m0*n00[slopeV]+g1*n01[height]+m1*n01[slopeV]) + k0*(g0*n00[slopeU]+m0*n00[twist]+g1*n01[slopeU]+m1*n01[twist]) +
		h1*(g0*n10[height]+m0*n10[slopeV]+g1*n11[height]+m1*n11[slopeV]) + k1*(g0*n10[slopeU]+m0*n10[twist]+g1*n11[slopeU]+m1*n11[twist])
	return z, dx, dy * float32(p.columns-1)
}

// hermite returns the cubic basis at t of 0 to 1: of the two values and of the two
// tangents.
func hermite(t float32) (f0, f1, m0, m1 float32) {
	s := 1 - t
	f1 = t * t * (3 - 2*t)
	return 1 - f1, f1, t * s * s, -t * t * s
}

// hermiteSlope returns the derivatives of the basis.
func hermiteSlope(t float32) (f0, f1, m0, m1 float32) {
	s := 1 - t
	f1 = 6 * t * s
	return -f1, f1, s * (s - 2*t), t * (t - 2*s)
}

// resized returns a slice of n elements, in the memory of x if it is enough. Its
// elements are not cleared.
func resized[T any](x []T, n int) []T {
	if cap(x) < n {
		return make([]T, n)
	}
	return x[:n]
}
