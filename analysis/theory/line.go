package theory

import "math"

// Crossings returns the expected number of zeros of one pre-activation between the
// ends of the axis, ends not counted: the integral of
//
//	√(Var(f'|f)/Var f)/π
//
// (Rice 1945; the Kac–Rice formula), and the probability of a zero at 0 where every
// network without biases may have one. One input only, and no
// step units, behind which they are infinitely many: else an [*Inapplicable] error.
func (p *Process) Crossings() (Value, error) {
	if err := p.checkInputs(1); err != nil {
		return Value{}, err
	}
	if err := p.checkSlopes(); err != nil {
		return Value{}, err
	}
	axis := p.configuration.Grid[0]
	v := integrate(func(x float64) float64 { return p.rate([]float64{x}, 0) }, axis.From, axis.To, 1)
	v.Value += p.jump()
	return v, nil
}

// jump returns the probability of a change of sign at the input 0, on the way along the
// axis or around the border of the plane's rectangle: 0 unless 0 lies there, within the
// axis, and every network is zero at it.
func (p *Process) jump() float64 {
	if axis := p.configuration.Grid[0]; len(p.configuration.Grid) == 1 {
		if axis.From < 0 && axis.To > 0 {
			return p.atZero([]float64{-1}, []float64{1})
		}
		return 0
	}
	if d, e, on := p.zeroOnBorder(); on {
		return p.atZero(d, e)
	}
	return 0
}

// rate returns the expected number of zeros per length where a line along axis i
// passes through x.
func (p *Process) rate(x []float64, i int) float64 {
	t := p.tangent(x)
	return math.Sqrt(max(t.given[i][i], 0)) / t.p / math.Pi
}

// nearZero is how near to the input 0, relative to the farthest, stands for the limit.
const nearZero = 1e-9

// atZero returns the probability of a change of sign across the input 0, on the way
// from direction d to direction e: 0 unless the process is always zero there.
func (p *Process) atZero(d, e []float64) float64 {
	zero := make([]float64, len(d))
	if p.pair(zero, zero).p != 0 {
		return 0
	}
	x, y := make([]float64, len(d)), make([]float64, len(d))
	for i, a := range p.configuration.Grid {
		near := nearZero * max(math.Abs(a.From), math.Abs(a.To))
		x[i], y[i] = near*d[i], near*e[i]
	}
	return p.Angle(x, y) / math.Pi
}

// EndsDiffer returns the probability that the signs at the two ends of the axis
// differ. With two inputs the ends are those of the grid's diagonal.
func (p *Process) EndsDiffer() Value {
	grid := p.configuration.Grid
	from, to := make([]float64, len(grid)), make([]float64, len(grid))
	for i, a := range grid {
		from[i], to[i] = float64(a.At(0)), float64(a.At(a.Points-1))
	}
	return p.changes(1, Value{Value: p.Angle(from, to)})
}

// CrossingsOnGrid returns the expected number of grid edges along the axes whose ends
// differ in sign, at the float32 inputs that networks are evaluated at.
func (p *Process) CrossingsOnGrid() Value { return p.ClassChangesOnGrid(1) }

// changes returns the sum of the angles of so many edges as a number of sign changes.
// The squared distance e of a pair has an error of some 10⁻¹⁶√e in each layer, so its
// angle, about √e, one of some 10⁻¹⁶; quadrature adds what [Process.Angle] says.
func (p *Process) changes(edges int, angles Value) Value {
	if p.checkGaussian() != nil {
		return Value{math.NaN(), math.NaN()}
	}
	rounding := float64(edges) * float64(len(p.layers)) * 1e-14
	if _, quadrature := p.phi.(smooth); quadrature {
		rounding += 1e-8 * angles.Value / math.Pi
	}
	return Value{angles.Value / math.Pi, angles.Error/math.Pi + rounding}
}
