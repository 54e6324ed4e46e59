package theory

import "math"

// EulerCharacteristic returns the expected Euler characteristic of {f ≥ 0} in the
// grid's rectangle, its components less its holes:
//
//	1/2 + BorderChanges/4
//
// It is the Gaussian kinematic formula at level 0, where the coefficient of the area
// vanishes (Adler and Taylor 2007, theorems 12.4.1 and 12.4.2): f divided by its
// standard deviation has the same signs and a constant variance. It is also plain
// counting, see [Process.EulerCharacteristicOnGrid].
//
// Where every network is zero at the input 0 that point belongs to the set without
// fail, which adds 1/2 - L/4 for a point within and 1/2 - (L + A)/4 for one on the
// border; L is the expected number of zeros on a small circle around it, A that of
// BorderChanges at the point itself. Two inputs only, and no
// step units: else an [*Inapplicable] error.
func (p *Process) EulerCharacteristic() (Value, error) {
	changes, err := p.BorderChanges()
	if err != nil {
		return Value{}, err
	}
	return Value{.5 + changes.Value/4 + p.zeroPoint(), changes.Error / 4}, nil
}

// zeroPoint returns what the input 0 adds to the Euler characteristic, if every
// network is zero there. Where f is differentiable zeroVertex tends to it on fine grids;
// of f that is homogeneous, ReLU's, a grid never sees all directions at 0.
func (p *Process) zeroPoint() float64 {
	zero := []float64{0, 0}
	for _, a := range p.configuration.Grid {
		if a.From > 0 || a.To < 0 {
			return 0
		}
	}
	if p.pair(zero, zero).p != 0 {
		return 0
	}
	from, to, atPoint := 0., 2*math.Pi, 0.
	if d, e, on := p.zeroOnBorder(); on {
		from = math.Atan2(d[1], d[0])
		to = from + math.Abs(math.Remainder(math.Atan2(e[1], e[0])-from, 2*math.Pi))
		atPoint = p.atZero(d, e)
	}
	return .5 - (p.zerosAround(from, to)+atPoint)/4
}

// zerosAround returns the expected number of zeros on the arc of a small circle
// around 0 between two angles. Laws are symmetric and the inputs alike, so arcs of the
// same number of right angles have the same.
func (p *Process) zerosAround(from, to float64) float64 {
	var near float64
	for _, a := range p.configuration.Grid {
		near = max(near, nearZero*max(math.Abs(a.From), math.Abs(a.To)))
	}
	return integrate(func(angle float64) float64 {
		sin, cos := math.Sincos(angle)
		t := p.tangent([]float64{near * cos, near * sin})
		g := t.given
		tangential := g[0][0]*sin*sin - 2*g[0][1]*sin*cos + g[1][1]*cos*cos
		return near * math.Sqrt(max(tangential, 0)) / t.p / math.Pi
	}, from, to, 1).Value
}

// EulerCharacteristicOnGrid returns the expected vertices less edges plus triangles of
// the class f ≥ 0 on the triangulated grid, whose cells are cut along (i,j)–(i+1,j+1):
//
//	1/2 + BorderChangesOnGrid/4
//
// exactly, of any process with the same law as its negative. For with E edges and T
// triangles whose vertices differ in class, the numbers of both classes sum to
// 1 - (-E + T), 1 being the rectangle's, and 2T = 2E - BorderChanges: a triangle that
// differs has two such edges, and an edge two triangles, or one at the border.
//
// If every network is zero at a vertex, then that belongs to the class f ≥ 0 always,
// edges from it with probability 1/2 and triangles with 1/2 - θ/(2π), θ the angle of
// the side across, instead of 1/2, 1/4 and 1/4 - θ/(4π). With d edges and t triangles
// this adds
//
//	1/2 - d/4 + t/4 - Σθ/(4π)
//
// With one input it is the expected number of stretches of the class,
// 1/2 + CrossingsOnGrid/2, and 1/2 - d/4 more.
func (p *Process) EulerCharacteristicOnGrid() Value {
	v, share := p.BorderChangesOnGrid(), 4.
	if len(p.configuration.Grid) == 1 {
		v, share = p.CrossingsOnGrid(), 2
	}
	return Value{.5 + v.Value/share + p.zeroVertex(), v.Error / share}
}

// ring holds the neighbours of a vertex in their order around it, the first again at
// the end. Two in succession make a triangle with it.
var ring = [][]int{{1, 0}, {1, 1}, {0, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, 0}}

// zeroVertex returns what a vertex at which every network is zero adds to the Euler
// characteristic.
func (p *Process) zeroVertex() float64 {
	at, ok := p.vertexAtZero()
	if !ok {
		return 0
	}
	sum := .5
	if len(at) == 1 {
		for _, d := range []int{-1, 1} {
			if _, ok := p.neighbour(at, []int{d}); ok {
				sum -= .25
			}
		}
		return sum
	}
	for k := range ring[1:] {
		x, first := p.neighbour(at, ring[k])
		y, second := p.neighbour(at, ring[k+1])
		if first {
			sum -= .25
		}
		if first && second {
			sum += .25 - p.Angle(x, y)/(4*math.Pi)
		}
	}
	return sum
}

// vertexAtZero returns the indices of the grid point 0, if there is one and every
// network is zero there.
func (p *Process) vertexAtZero() (at []int, ok bool) {
	grid := p.configuration.Grid
	if zero := make([]float64, len(grid)); p.pair(zero, zero).p != 0 {
		return nil, false
	}
	for _, a := range grid {
		i := int(math.Round(-a.From / a.Step()))
		if i < 0 || i >= a.Points || a.At(i) != 0 {
			return nil, false
		}
		at = append(at, i)
	}
	return at, true
}

// neighbour returns the grid point by so many steps from another, if there is one.
func (p *Process) neighbour(at, by []int) (x []float64, ok bool) {
	for k, a := range p.configuration.Grid {
		i := at[k] + by[k]
		if i < 0 || i >= a.Points {
			return nil, false
		}
		x = append(x, float64(a.At(i)))
	}
	return x, true
}
