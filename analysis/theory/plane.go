package theory

import "math"

// BoundaryLength returns the expected length of the zero set in the grid's rectangle,
// in input units: the integral of E(|∇f|; f = 0) times the density of f at 0 (Adler
// and Taylor 2007, section 15.1). Two inputs only, and no
// step units: else an [*Inapplicable] error.
//
// The rectangle is cut into triangles from 0 to its sides, with a sign, so that the
// substitution x = s e, e on the side, cancels the density like 1/|x| that networks
// without biases have at 0.
func (p *Process) BoundaryLength() (Value, error) {
	if err := p.checkInputs(2); err != nil {
		return Value{}, err
	}
	if err := p.checkSlopes(); err != nil {
		return Value{}, err
	}
	density := p.rayDensity()
	known := map[piece]Value{} // mirror images and the two axes are alike
	var sum Value
	for _, side := range p.sides() {
		if side.outward == 0 { // 0 lies on its line: there is no triangle
			continue
		}
		for _, at := range side.pieces() {
			v, ok := known[at]
			if !ok {
				v = integrate(func(along float64) float64 {
					e := []float64{along, at.across}
					return integrate(func(s float64) float64 { return density(s, e) }, 0, 1, 1/p.far()).Value
				}, at.from, at.to, (at.to-at.from)/p.far())
				known[at] = v
			}
			sum.Value += side.outward * v.Value
			sum.Error += math.Abs(side.outward) * v.Error
		}
	}
	sum.Error += tolerance * sum.Value
	return sum, nil
}

// piece is a part of a side on one side of 0, mirrored to the positive.
type piece struct{ from, to, across float64 }

func (s side) pieces() []piece {
	across := math.Abs(s.across)
	switch {
	case s.from >= 0:
		return []piece{{s.from, s.to, across}}
	case s.to <= 0:
		return []piece{{-s.to, -s.from, across}}
	}
	return []piece{{0, -s.from, across}, {0, s.to, across}}
}

// rayDensity returns the function s·lengthDensity(s e). With normal weights kernels
// depend on |x|, |y| and x·y alone, so the density is interpolated in |x|.
func (p *Process) rayDensity() func(s float64, e []float64) float64 {
	if p.first != nil {
		return func(s float64, e []float64) float64 { return s * p.lengthDensity([]float64{s * e[0], s * e[1]}) }
	}
	density := interpolate(func(r float64) float64 { return r * p.lengthDensity([]float64{r, 0}) }, 0, p.far())
	return func(s float64, e []float64) float64 {
		r := math.Hypot(e[0], e[1])
		return density.at(s*r) / r
	}
}

// far returns the largest distance from 0 in the rectangle.
func (p *Process) far() float64 {
	a, b := p.configuration.Grid[0], p.configuration.Grid[1]
	return math.Hypot(max(-a.From, a.To), max(-b.From, b.To))
}

// lengthDensity returns the expected length of the zero set per area at x.
func (p *Process) lengthDensity(x []float64) float64 {
	t := p.tangent(x)
	a, b, c := t.given[0][0], t.given[0][1], t.given[1][1]
	return MeanNorm(a, b, c) / t.p / math.Sqrt(2*math.Pi)
}

// side is one side of the grid's rectangle.
type side struct {
	axis     int // along which it runs
	from, to float64
	across   float64 // where it cuts the other axis
	outward  float64 // distance from 0 to its line, negative if 0 lies beyond it
}

func (s side) at(along float64) []float64 {
	x := []float64{s.across, s.across}
	x[s.axis] = along
	return x
}

func (p *Process) sides() []side {
	var sides []side
	for i, a := range p.configuration.Grid {
		b := p.configuration.Grid[1-i]
		sides = append(sides, side{i, a.From, a.To, b.From, -b.From}, side{i, a.From, a.To, b.To, b.To})
	}
	return sides
}

// BorderChanges returns the expected number of zeros along the perimeter of the
// grid's rectangle. Two inputs only, and no
// step units: else an [*Inapplicable] error.
func (p *Process) BorderChanges() (Value, error) {
	if err := p.checkInputs(2); err != nil {
		return Value{}, err
	}
	if err := p.checkSlopes(); err != nil {
		return Value{}, err
	}
	var sum Value
	for _, s := range p.sides() {
		v := integrate(func(at float64) float64 { return p.rate(s.at(at), s.axis) }, s.from, s.to, 1)
		sum.Value += v.Value
		sum.Error += v.Error
	}
	sum.Value += p.jump()
	return sum, nil
}

// zeroOnBorder says whether the input 0 lies on the border of the rectangle, and in
// which directions the border leaves it.
func (p *Process) zeroOnBorder() (d, e []float64, on bool) {
	var inward, inside [2]float64 // from 0 into the rectangle; or 0 lies between the ends
	for i, a := range p.configuration.Grid {
		switch {
		case a.From > 0 || a.To < 0:
			return nil, nil, false
		case a.From == 0:
			inward[i] = 1
		case a.To == 0:
			inward[i] = -1
		default:
			inside[i] = 1
		}
	}
	switch inside {
	case [2]float64{1, 1}:
		return nil, nil, false
	case [2]float64{0, 0}:
		return []float64{inward[0], 0}, []float64{0, inward[1]}, true
	}
	return []float64{-inside[0], -inside[1]}, inside[:], true
}

// BorderChangesOnGrid returns the expected number of sign changes along the grid's
// border, with one input between its two ends.
func (p *Process) BorderChangesOnGrid() Value { return p.BorderClassChangesOnGrid(1) }
