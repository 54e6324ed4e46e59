package theory

import "math"

// ClassChangesOnGrid returns the expected number of grid edges along the axes whose
// ends differ in the class of so many outputs: of edges the sum of ClassChange, at the
// float32 inputs that networks are evaluated at. For one output and for two it is
// CrossingsOnGrid. It panics for outputs < 1.
//
// Where every network without biases is 0 all outputs tie, and the class is the lowest:
// another point differs with probability 1-1/C, as ClassChange has it for π/2.
func (p *Process) ClassChangesOnGrid(outputs int) Value {
	grid := p.configuration.Grid
	if len(grid) == 1 {
		return p.classChanges(grid[0].Points-1, p.row(0, 0, outputs), outputs)
	}
	angles := p.rows(0, outputs)
	other := angles // inputs are alike
	if grid[0] != grid[1] {
		other = p.rows(1, outputs)
	}
	return p.classChanges(2*grid.Points()-grid[0].Points-grid[1].Points,
		Value{angles.Value + other.Value, angles.Error + other.Error}, outputs)
}

// BorderClassChangesOnGrid returns the expected number of changes of the class of so
// many outputs along the grid's border, with one input between its two ends. For one
// output and for two it is BorderChangesOnGrid.
func (p *Process) BorderClassChangesOnGrid(outputs int) Value {
	grid := p.configuration.Grid
	if len(grid) == 1 {
		angle := p.Angle([]float64{float64(grid[0].At(0))}, []float64{float64(grid[0].At(grid[0].Points - 1))})
		return p.classChanges(1, Value{Value: math.Pi * ClassChange(outputs, angle).Value}, outputs)
	}
	var angles Value
	for i := range grid {
		b := grid[1-i]
		for _, end := range []float32{b.At(0), b.At(b.Points - 1)} {
			row := p.row(i, float64(end), outputs)
			angles.Value += row.Value
			angles.Error += row.Error
		}
	}
	return p.classChanges(2*(grid[0].Points+grid[1].Points-2), angles, outputs)
}

// classChanges is changes, where ClassChange multiplies the rounding of small angles by
// its rate and has an error of its own.
func (p *Process) classChanges(edges int, angles Value, outputs int) Value {
	v := p.changes(edges*int(math.Ceil(ClassChangeRate(outputs).Value)), angles)
	if outputs > 2 {
		v.Error += 1e-11 * v.Value
	}
	return v
}
