package theory

import "math"

// Breakpoints returns the expected number of sign changes, between the ends of the
// axis, of the pre-activations of hidden layer l, all units together: of a
// piecewise-linear network the breakpoints that the layer adds. One input only.
//
// In the first layer w x + b changes sign once at most, so a unit does with
// probability θ/π, θ the angle between the ends, at any width. Of deeper layers it is
// the limit. It panics unless 1 ≤ l ≤ depth.
func (p *Process) Breakpoints(l int) (Value, error) {
	if err := p.checkInputs(1); err != nil {
		return Value{}, err
	}
	hidden := p.configuration.Hidden
	units := float64(hidden[l-1])
	layer := p.Hidden(l)
	if l > 1 {
		v, err := layer.Crossings()
		return Value{units * v.Value, units * v.Error}, err
	}
	axis := p.configuration.Grid[0]
	v := units * layer.Angle([]float64{axis.From}, []float64{axis.To}) / math.Pi
	return Value{v, 1e-14 * v}, nil
}
